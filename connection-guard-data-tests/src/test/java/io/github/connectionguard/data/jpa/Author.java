package io.github.connectionguard.data.jpa;

import java.util.ArrayList;
import java.util.List;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;

/**
 * An author, whose books are loaded when somebody looks at them.
 */
@Entity
public class Author {

	@Id
	private long id;

	private String name = "";

	@OneToMany(fetch = FetchType.LAZY)
	@JoinColumn(name = "author_id")
	private List<Book> books = new ArrayList<>();

	public long getId() {
		return this.id;
	}

	public String getName() {
		return this.name;
	}

	public void setName(String name) {
		this.name = name;
	}

	public List<Book> getBooks() {
		return this.books;
	}

}
