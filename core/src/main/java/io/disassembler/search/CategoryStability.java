package io.disassembler.search;

import io.disassembler.base.Stable;

/**
 * Whether enough images were seen for a category.
 *
 * @param category its name
 * @param images how many of those profiled show it
 * @param agreement how much the channels that one half of them would keep are those of the other:
 *     Cohen's kappa, 1 for the same and 0 for chance; the less of half and a quarter of the MACs.
 *     NaN where too few images show the category to compare any
 * @param enough whether that will do
 */
@Stable
public record CategoryStability(String category, long images, double agreement, boolean enough) {}
