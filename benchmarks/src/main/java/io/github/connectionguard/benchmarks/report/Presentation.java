package io.github.connectionguard.benchmarks.report;

import java.util.List;

/**
 * What the page shows of the results of a benchmark.
 *
 * @param behind where the guard is behind somebody or misses its target, a sentence each
 * @param text paragraphs and tables in Markdown, ratios first
 * @param charts the charts below
 */
public record Presentation(List<String> behind, String text, List<Chart> charts) {

}
