package io.github.connectionguard.data.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * A book.
 */
@Entity
public class Book {

	@Id
	private long id;

	private String title = "";

	public String getTitle() {
		return this.title;
	}

}
