package io.disassembler.selection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Sha256;
import io.disassembler.base.Stable;
import io.disassembler.base.TextFile;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Scores that were computed elsewhere: a number for each kernel of each layer that can lose any
 * (docs/plan.md). A channel group has the mean over its kernels.
 */
@Stable
public final class GivenScores implements ScoringRule {
  private static final String HDF5 = "\u0089HDF";
  private static final int SHOWN = 8;

  private final String file;
  private final String id;
  private final Map<String, double[]> layers;

  private GivenScores(String file, String sha256, Map<String, double[]> layers) {
    this.file = file;
    this.layers = layers;
    id = "scores:" + sha256.substring(0, 16);
  }

  /**
   * The scores in a file: JSON, an object that has an array of numbers for each layer, or HDF5, a
   * one-dimensional data set for each. Layers are called by what they put out, as in plans.
   *
   * @throws InvalidInputException if it is neither, or some of it is no finite number
   */
  public static GivenScores read(Path file) {
    try {
      boolean hdf5;
      try (InputStream in = Files.newInputStream(file)) {
        hdf5 = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals(HDF5);
      }
      Map<String, double[]> layers = hdf5 ? fromHdf5(file) : fromJson(file);
      layers.forEach((layer, scores) -> requireFinite(file, layer, scores));
      return new GivenScores(file.toString(), Sha256.of(file), layers);
    } catch (IOException e) {
      throw new InvalidInputException(
          file + ": the scores cannot be read: " + e, e, Setting.SCORES);
    }
  }

  private static Map<String, double[]> fromJson(Path file) throws IOException {
    try {
      JsonNode found = new JsonMapper().readTree(TextFile.read(file));
      if (!found.isObject()) {
        throw new InvalidInputException(
            file + ": expected a JSON object with an array of numbers for each layer, or HDF5",
            Setting.SCORES);
      }
      Map<String, double[]> layers = new TreeMap<>();
      found.properties().forEach(layer -> layers.put(layer.getKey(), numbers(file, layer)));
      return layers;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          file + ": neither JSON nor HDF5: " + e.getOriginalMessage(), e, Setting.SCORES);
    }
  }

  private static double[] numbers(Path file, Map.Entry<String, JsonNode> layer) {
    double[] numbers = new double[layer.getValue().size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode number = layer.getValue().get(i);
      if (number == null || !number.isNumber()) {
        throw new InvalidInputException(
            "%s: layer '%s': expected an array of numbers, found %s"
                .formatted(file, layer.getKey(), number),
            Setting.SCORES);
      }
      numbers[i] = number.asDouble();
    }
    return numbers;
  }

  private static Map<String, double[]> fromHdf5(Path file) {
    Map<String, double[]> layers = new TreeMap<>();
    try (HdfFile opened = new HdfFile(file)) {
      collect(file, opened, layers);
    } catch (HdfException e) {
      throw new InvalidInputException(
          file + ": damaged HDF5: " + e.getMessage(), e, Setting.SCORES);
    }
    return layers;
  }

  /** Names of layers may hold slashes, which make groups of HDF5. */
  private static void collect(Path file, Group group, Map<String, double[]> layers) {
    for (Node node : group.getChildren().values()) {
      if (node instanceof Group inner) {
        collect(file, inner, layers);
      } else if (node instanceof Dataset dataset) {
        if (dataset.getDimensions().length != 1) {
          throw new InvalidInputException(
              "%s: %s: expected one number for each kernel, found an array of %d axes"
                  .formatted(file, dataset.getPath(), dataset.getDimensions().length),
              Setting.SCORES);
        }
        layers.put(dataset.getPath(), numbers(file, dataset));
      }
    }
  }

  private static double[] numbers(Path file, Dataset dataset) {
    Object data = dataset.getData();
    if (data instanceof double[] doubles) {
      return doubles;
    }
    if (data instanceof float[] floats) {
      double[] numbers = new double[floats.length];
      Arrays.setAll(numbers, i -> floats[i]);
      return numbers;
    }
    if (data instanceof int[] ints) {
      return Arrays.stream(ints).asDoubleStream().toArray();
    }
    if (data instanceof long[] longs) {
      return Arrays.stream(longs).asDoubleStream().toArray();
    }
    throw new InvalidInputException(
        "%s: %s: expected floats or integers, found %s"
            .formatted(file, dataset.getPath(), dataset.getJavaType().getSimpleName()),
        Setting.SCORES);
  }

  private static void requireFinite(Path file, String layer, double[] scores) {
    if (!Arrays.stream(scores).allMatch(Double::isFinite)) {
      throw new InvalidInputException(
          "%s: layer '%s': expected finite numbers".formatted(file, layer), Setting.SCORES);
    }
  }

  /** {@code scores:} and the beginning of the file's SHA-256. */
  @Override
  public String id() {
    return id;
  }

  /**
   * @throws InvalidInputException if layers are missing or unknown, or have another number of
   *     kernels
   */
  @Override
  public double[] score(Anatomy anatomy, Evidence evidence, List<Integer> categories) {
    TreeSet<String> unused = new TreeSet<>(layers.keySet());
    double[] scores = new double[anatomy.groups().groups().size()];
    for (ChannelGroup group : anatomy.groups().groups()) {
      for (ChannelGroup.Kernel kernel : group.kernels()) {
        String layer = anatomy.step(kernel.step()).node().outputs().get(0);
        double[] found = of(layer, anatomy);
        unused.removeAll(List.of(layer, "/" + layer));
        if (kernel.index() >= found.length) {
          throw new InvalidInputException(
              "%s: layer '%s' has more than %d kernels; expected a number for each"
                  .formatted(file, layer, found.length),
              Setting.SCORES);
        }
        scores[group.id()] += found[kernel.index()] / group.kernels().size();
      }
    }
    if (!unused.isEmpty()) {
      throw new InvalidInputException(
          "%s: no layer of %s that can lose kernels is called %s"
              .formatted(
                  file,
                  anatomy.network().name(),
                  String.join(", ", unused.stream().limit(SHOWN).toList())),
          Setting.SCORES);
    }
    return scores;
  }

  private double[] of(String layer, Anatomy anatomy) {
    double @Nullable [] found = layers.get(layers.containsKey(layer) ? layer : "/" + layer);
    if (found == null) {
      throw new InvalidInputException(
          "%s: says nothing of layer '%s' of %s; inspect shows what layers are called"
              .formatted(file, layer, anatomy.network().name()),
          Setting.SCORES);
    }
    return found;
  }
}
