package io.github.connectionguard.neighbours.slices;

import java.util.List;

import io.github.connectionguard.hikari.GuardedPools;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the slice of Spring MVC has nothing of the starter, and needs no database.
 */
@Tag("neighbours")
@WebMvcTest
@TestPropertySource(properties = SliceApplication.PACKAGES + SliceApplication.STARTER)
class WebMvcSliceTests {

	@Autowired
	@SuppressWarnings("NullAway.Init")
	private MockMvcTester mvc;

	@MockitoBean
	@SuppressWarnings("NullAway.Init")
	private JdbcTemplate jdbc;

	@Test
	void answersWithoutADatabase(ApplicationContext context) {
		BDDMockito.given(this.jdbc.queryForList("SELECT name FROM line ORDER BY id", String.class))
			.willReturn(List.of("a"));
		assertThat(this.mvc.get().uri("/names")).hasStatusOk().bodyText().isEqualTo("[\"a\"]");
		assertThat(context.getBeansOfType(GuardedPools.class)).isEmpty();
	}

}
