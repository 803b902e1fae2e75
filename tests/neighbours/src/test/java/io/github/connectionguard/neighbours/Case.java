package io.github.connectionguard.neighbours;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Something to do with an application, which is to have the same effects with the starter
 * and without.
 *
 * @param name what the case shows
 * @param steps what is done
 * @param difference what is meant to differ with the starter, or {@code null}
 */
public record Case(String name, Steps steps, @Nullable Difference difference) {

	/**
	 * Create a case that is the same on both sides.
	 * @param name what the case shows
	 * @param steps what is done
	 */
	public Case(String name, Steps steps) {
		this(name, steps, null);
	}

	/**
	 * Return the same case with a difference.
	 * @param title what the table of differences in the documents calls it
	 * @param without the lines to be seen without the starter alone
	 * @param with the lines to be seen with the starter alone
	 * @return the case
	 */
	public Case differs(String title, List<String> without, List<String> with) {
		return new Case(this.name, this.steps, new Difference(title, without, with));
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What users are told to expect.
	 *
	 * @param title what the document calls it
	 * @param without the lines to be seen without the starter alone
	 * @param with the lines to be seen with the starter alone
	 */
	record Difference(String title, List<String> without, List<String> with) {

	}

}
