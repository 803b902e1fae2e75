package io.github.connectionguard.neighbours;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the document lists what the tests expect to differ, and nothing else.
 */
class NeighboursDocumentTests {

	@Test
	void listsWhatDiffersAndNothingElse() throws IOException {
		List<String> listed = NeighboursDocument.differences().stream().map(NeighboursDocument.Row::title).toList();
		List<String> tested = tests().flatMap(NeighbourTests::differences).distinct().toList();
		assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(tested);
	}

	@Test
	void saysWhyAndWhatToDo() throws IOException {
		assertThat(NeighboursDocument.differences()).allSatisfy((row) -> {
			assertThat(row.reason()).as(row.title()).isNotBlank();
			assertThat(row.remedy()).as(row.title()).isNotBlank();
		});
	}

	private static Stream<NeighbourTests> tests() {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AssignableTypeFilter(NeighbourTests.class));
		return scanner.findCandidateComponents(ClassUtils.getPackageName(NeighbourTests.class))
			.stream()
			.map(BeanDefinition::getBeanClassName)
			.flatMap(Stream::ofNullable)
			.map((name) -> ClassUtils.resolveClassName(name, null))
			.map((type) -> (NeighbourTests) BeanUtils.instantiateClass(type));
	}

}
