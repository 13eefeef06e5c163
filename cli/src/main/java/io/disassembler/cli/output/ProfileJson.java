package io.disassembler.cli.output;

import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import java.nio.file.Path;
import java.util.List;

/**
 * What images showed of a network, in short, for programs.
 *
 * @param file where the profile is
 * @param images how many were profiled
 * @param labelled whether they had masks
 * @param featureMaps how many feature maps the profile has
 * @param seconds how long it took
 * @param categories those that were profiled
 */
public record ProfileJson(
    Path file,
    int images,
    boolean labelled,
    int featureMaps,
    double seconds,
    List<Seen> categories) {

  /** In how many images a category was seen, and at how many confident pixels. */
  public record Seen(String name, long images, double confidentPixels) {}

  /** The JSON form of {@code profile}. */
  public static ProfileJson of(Path file, Profile profile, double seconds) {
    List<String> categories = profile.header().categories();
    return new ProfileJson(
        file,
        profile.images().size(),
        profile.header().labelled(),
        profile.featureMaps().size(),
        seconds,
        profile.header().profiled().stream()
            .map(
                number -> {
                  CategoryProfile seen = profile.category(number);
                  return new Seen(categories.get(number), seen.images(), seen.maskArea());
                })
            .toList());
  }
}
