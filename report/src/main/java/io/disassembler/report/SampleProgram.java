package io.disassembler.report;

import io.disassembler.base.Build;
import io.disassembler.base.Json;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.evaluation.Thresholds;
import io.disassembler.graph.Boundary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A Python program that runs a sub-network in ONNX Runtime and does to pixels what its card says,
 * so that its masks are those of {@code evaluate}.
 *
 * @param model the sub-network's file
 * @param card its card
 * @param mapping what its outputs mean
 * @param size that it is run at
 * @param boundary how the file has images and scores
 * @param thresholds what the outputs mean that do not compete
 */
public record SampleProgram(
    Path model,
    NetworkCard card,
    CategoryMapping mapping,
    Size size,
    Boundary boundary,
    Thresholds thresholds) {

  private static final String TEMPLATE = "sample.py";
  private static final Pattern BLANK = Pattern.compile("@([A-Z_]+)@");
  private static final int LIGHT_GRAY = 0xD0D0D0;

  /** The program, to be written to {@code file} beside the sub-network. */
  public String text(Path file) {
    Map<String, String> blanks = blanks(file);
    blanks.putAll(card.independent() ? ofEach() : ofOne());
    return BLANK
        .matcher(resource(TEMPLATE))
        .replaceAll(blank -> Matcher.quoteReplacement(blanks.getOrDefault(blank.group(1), "")));
  }

  private Map<String, String> blanks(Path file) {
    Map<String, String> blanks = new TreeMap<>();
    blanks.put("MODEL", name(model));
    blanks.put("PROGRAM", name(file));
    blanks.put("VERSION", Build.version());
    blanks.put("MODEL_LITERAL", Json.compact(beside(file)));
    blanks.put("COLOR", Json.compact(card.color().name()));
    blanks.put("SCALE", Json.compact(card.scale()));
    blanks.put("MEAN", Json.compact(card.mean()));
    blanks.put("STD", Json.compact(card.std()));
    blanks.put("HEIGHT", Integer.toString(size.height()));
    blanks.put("WIDTH", Integer.toString(size.width()));
    blanks.put("INPUT", Json.compact(boundary.input().name()));
    blanks.put("OUTPUT", Json.compact(boundary.output().name()));
    return blanks;
  }

  /** Of a network whose pixels have one category, or a single one or not. */
  private Map<String, String> ofOne() {
    List<String> names = new ArrayList<>(card.categories());
    List<List<Integer>> colours =
        new ArrayList<>(IntStream.range(0, names.size()).mapToObj(this::colour).toList());
    boolean isSingle = names.size() == 1;
    if (isSingle) {
      names.add("not " + names.get(0));
      colours.add(components(0));
    }
    String other =
        mapping.hasOther()
            ? "# %s is every pixel that the network takes for none of the chosen categories.\n"
                .formatted(NetworkCard.OTHER)
            : "";
    return Map.of(
        "WRITES",
        "writes IMAGE's name with .mask.png for each image: a palette picture whose numbers are those of CATEGORIES.",
        "NAMES",
        other
            + "CATEGORIES = %s\nCOLOURS = %s".formatted(Json.compact(names), Json.compact(colours)),
        "DECIDES",
        "# Of a single category: the score above which a pixel belongs to it.\nTHRESHOLD = %s"
            .formatted(isSingle ? Float.toString(thresholds.of(0)) : "None"),
        "SEGMENTS",
        resource("sample.one.py"));
  }

  /** Of a network whose categories are independent. */
  private Map<String, String> ofEach() {
    List<String> names = card.categories();
    List<Float> above = IntStream.range(0, names.size()).mapToObj(thresholds::of).toList();
    return Map.of(
        "WRITES",
        "writes IMAGE's name with .CATEGORY.mask.png for each image and category: 255 where it is, 0 where it is not.",
        "NAMES",
        "# A pixel may have several of them, or none.\nCATEGORIES = %s\n# What they are called in the names of files.\nFILES = %s"
            .formatted(Json.compact(names), Json.compact(inFileNames(names))),
        "DECIDES",
        "# The scores above which a pixel belongs to the categories.\nTHRESHOLDS = %s"
            .formatted(Json.compact(above)),
        "SEGMENTS",
        resource("sample.each.py"));
  }

  /** Names that every system takes in names of files, all different. */
  private static List<String> inFileNames(List<String> names) {
    List<String> safe = new ArrayList<>();
    for (String name : names) {
      String plain = name.replaceAll("[^\\p{L}\\p{N}_-]", "_");
      boolean taken =
          safe.stream()
              .anyMatch(
                  before -> before.toLowerCase(Locale.ROOT).equals(plain.toLowerCase(Locale.ROOT)));
      safe.add(taken ? plain + "." + safe.size() : plain);
    }
    return safe;
  }

  /** The sub-network's file as seen from the program's. */
  private String beside(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path target = model.toAbsolutePath().normalize();
    return folder != null && folder.equals(target.getParent())
        ? String.valueOf(model.getFileName())
        : target.toString();
  }

  private List<Integer> colour(int category) {
    int colour = MaskPainter.color(mapping, category);
    return components(colour == MaskPainter.NONE ? LIGHT_GRAY : colour);
  }

  private static List<Integer> components(int colour) {
    return List.of(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceAll("[\"\\\\]", "_");
  }

  private static String resource(String name) {
    try (InputStream in = SampleProgram.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
