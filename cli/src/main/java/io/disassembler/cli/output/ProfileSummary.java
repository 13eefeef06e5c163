package io.disassembler.cli.output;

import io.disassembler.base.Numbers;
import io.disassembler.evaluation.TextTable;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

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
   * @param json whether and where it goes as JSON too
   * @param images those that it rests on
   */
  public void print(PrintWriter out, JsonOption json, Provenance.Images images) {
    TextTable table = new TextTable("category", "images", "confident pixels");
    List<String> categories = profile.header().categories();
    for (int c : profile.header().profiled()) {
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
    write(json, images);
  }

  /** Writes it as JSON, if that was asked for. */
  public void write(JsonOption json, Provenance.Images images) {
    json.write(ProfileJson.of(file, profile, seconds), images);
  }
}
