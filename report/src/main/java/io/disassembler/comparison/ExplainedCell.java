package io.disassembler.comparison;

import io.disassembler.explanation.Explanation;

/**
 * Where the quality of one cell's sub-network went.
 *
 * @param settings what tells its cell and the images apart from others
 * @param set the categories, as typed
 */
public record ExplainedCell(
    String settings, String set, Approach approach, Explanation explanation) {}
