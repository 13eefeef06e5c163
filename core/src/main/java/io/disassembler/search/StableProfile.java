package io.disassembler.search;

import io.disassembler.base.Stable;
import io.disassembler.profile.Profile;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A profile that took as many images as it needed.
 *
 * @param profile of the images that were taken
 * @param categories what is known of each category
 * @param looked at how many more images it was only looked which categories they show
 * @param outOf how many images there were
 */
@Stable
public record StableProfile(
    Profile profile, List<CategoryStability> categories, int looked, int outOf) {

  public StableProfile {
    categories = List.copyOf(categories);
  }

  /** Why it ended there, in words. */
  public String text() {
    List<CategoryStability> open = categories.stream().filter(c -> !c.enough()).toList();
    String seen =
        "%d of %d images profiled, %d more looked at"
            .formatted(profile.images().size(), outOf, looked);
    if (open.isEmpty()) {
      return "%s: halves of them keep the same channels for every category (agreement %s at least)"
          .formatted(seen, number(least()));
    }
    return "%s: halves of them keep the same channels for %d of %d categories; not known to be enough for %s"
        .formatted(
            seen,
            categories.size() - open.size(),
            categories.size(),
            open.stream().map(StableProfile::words).collect(Collectors.joining(", ")));
  }

  private double least() {
    return categories.stream().mapToDouble(CategoryStability::agreement).min().orElse(1);
  }

  private static String words(CategoryStability category) {
    return Double.isNaN(category.agreement())
        ? "%s (%d images)".formatted(category.category(), category.images())
        : "%s (%d images, agreement %s)"
            .formatted(category.category(), category.images(), number(category.agreement()));
  }

  private static String number(double agreement) {
    return String.format(Locale.ROOT, "%.2f", agreement);
  }
}
