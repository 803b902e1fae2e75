package io.github.connectionguard.data.matrix;

import java.util.function.Function;
import java.util.function.LongSupplier;

import org.springframework.data.repository.CrudRepository;

/**
 * By a Spring Data repository, whose {@code save} is {@code @Transactional}.
 *
 * @param <T> what it saves
 */
final class RepositoryLines<T> implements Lines {

	private final CrudRepository<T, Long> repository;

	private final Function<String, T> newLine;

	private final LongSupplier connectionId;

	RepositoryLines(CrudRepository<T, Long> repository, Function<String, T> newLine, LongSupplier connectionId) {
		this.repository = repository;
		this.newLine = newLine;
		this.connectionId = connectionId;
	}

	@Override
	public void insert(String name) {
		this.repository.save(this.newLine.apply(name));
	}

	@Override
	public long connectionId() {
		return this.connectionId.getAsLong();
	}

}
