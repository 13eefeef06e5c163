package io.disassembler.cli.output;

import io.disassembler.base.Json;
import io.disassembler.base.Numbers;
import io.disassembler.base.Replacement;
import io.disassembler.evaluation.TextTable;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a profile that was just written came to.
 *
 * @param file where it is
 * @param seconds how long it took
 */
public record ProfileSummary(Path file, Profile profile, double seconds) {

  /**
   * Prints it.
   *
   * @param json where it goes as JSON too; null if nowhere
   */
  public void print(PrintWriter out, @Nullable Path json) {
    TextTable table = new TextTable("category", "images", "confident pixels");
    List<String> categories = profile.header().categories();
    for (int c = 0; c < categories.size(); c++) {
      CategoryProfile category = profile.category(c);
      table.row(
          categories.get(c),
          Long.toString(category.images()),
          Numbers.brief(Math.round(category.maskArea())));
    }
    out.print(table.format());
    out.printf(
        Locale.ROOT,
        "%d images (%s), %d feature maps, %.1f s. Written: %s%n",
        profile.images().size(),
        profile.header().labelled() ? "with masks" : "without masks",
        profile.featureMaps().size(),
        seconds,
        file);
    out.flush();
    if (json != null) {
      Replacement.write(json, Json.pretty(ProfileJson.of(file, profile, seconds)));
      out.println("Written: " + json);
    }
  }
}
