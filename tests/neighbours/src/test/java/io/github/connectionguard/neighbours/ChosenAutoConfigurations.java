package io.github.connectionguard.neighbours;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Lets an application have the auto-configurations of the packages that it names, as if
 * nothing else was on the class path that all applications share.
 */
class ChosenAutoConfigurations implements AutoConfigurationImportFilter, EnvironmentAware {

	static final String PROPERTY = "neighbours.packages";

	private final Set<String> all = new HashSet<>(
			ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates());

	private List<String> packages = List.of();

	@Override
	public void setEnvironment(Environment environment) {
		this.packages = Binder.get(environment).bind(PROPERTY, Bindable.listOf(String.class)).orElse(List.of());
	}

	/**
	 * Also asked for what auto-configurations import, which comes with them.
	 */
	@Override
	public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
		boolean[] matches = new boolean[autoConfigurations.length];
		for (int i = 0; i < matches.length; i++) {
			String name = autoConfigurations[i];
			matches[i] = name == null || !this.all.contains(name) || isChosen(name);
		}
		return matches;
	}

	private boolean isChosen(String name) {
		return this.packages.stream().anyMatch((chosen) -> name.startsWith(chosen + "."));
	}

}
