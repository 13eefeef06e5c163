package io.disassembler.extraction;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Stable;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.graph.Node;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a sub-network was made: enough to make it again, byte for byte, from the same model and the
 * same profile.
 *
 * @param version of Disassembler
 * @param model SHA-256 of the full network's file
 * @param categories names of the chosen categories, in order
 * @param criterion what ranked the channel groups
 * @param goal what was asked for, such as {@code --keep-macs 0.5}
 * @param recovery the recovery method
 * @param profile SHA-256 of the profile that recovery used; null if it used none
 * @param calibration SHA-256 of the images that it was calibrated on; null if there were none
 * @param seed the profile's seed
 * @param kept per layer (by its output's name) the kernels kept, as ranges: {@code 0-3,7}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Stable
public record Plan(
    String version,
    String model,
    List<String> categories,
    String criterion,
    String goal,
    String recovery,
    @Nullable String profile,
    @Nullable String calibration,
    long seed,
    Map<String, String> kept) {
  /** Key of the plan in a sub-network's metadata. */
  public static final String METADATA_KEY = "disassembler.plan";

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  public Plan {
    categories = List.copyOf(categories);
    kept = java.util.Collections.unmodifiableMap(new TreeMap<>(kept));
  }

  /** The kernels that {@code selection} keeps, per layer with kernels to remove. */
  public static Map<String, String> kept(Anatomy anatomy, Selection selection) {
    Map<String, BitSet> perLayer = new TreeMap<>();
    for (ChannelGroup group : anatomy.groups().groups()) {
      for (ChannelGroup.Kernel kernel : group.kernels()) {
        BitSet layer = perLayer.computeIfAbsent(layer(anatomy, kernel), name -> new BitSet());
        layer.set(kernel.index(), selection.keeps(group.id()));
      }
    }
    Map<String, String> kept = new TreeMap<>();
    perLayer.forEach((layer, indices) -> kept.put(layer, ranges(indices)));
    return kept;
  }

  /**
   * The selection that this plan describes.
   *
   * @throws InvalidInputException if it does not fit the network
   */
  public Selection selection(Anatomy anatomy, String file) {
    BitSet groups = new BitSet();
    for (ChannelGroup group : anatomy.groups().groups()) {
      for (ChannelGroup.Kernel kernel : group.kernels()) {
        String layer = kept.get(layer(anatomy, kernel));
        if (layer == null) {
          throw new InvalidInputException(
              "%s: the plan says nothing of layer '%s' of %s"
                  .formatted(file, layer(anatomy, kernel), anatomy.network().name()));
        }
        if (indices(layer, file).get(kernel.index())) {
          groups.set(group.id());
        }
      }
    }
    try {
      return Selection.of(anatomy.groups(), groups);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(file + ": the plan leaves a layer empty", e);
    }
  }

  /**
   * Refuses to be replayed on anything but what the plan was made from.
   *
   * @throws InvalidInputException if the model or the profile is another one
   */
  void requireSources(String modelSha256, String profileSha256, String file, String modelFile) {
    if (!model.equals(modelSha256)) {
      throw new InvalidInputException(
          "%s: the plan was made for the model with SHA-256 %s, but %s has %s"
              .formatted(file, model, modelFile, modelSha256));
    }
    if (profile != null && !profile.equals(profileSha256)) {
      throw new InvalidInputException(
          "%s: the plan was made with the profile with SHA-256 %s, but the profile at hand has %s"
              .formatted(file, profile, profileSha256));
    }
  }

  /**
   * Refuses to be replayed on other calibration images.
   *
   * @param sha256 of the images at hand; null if there are none
   * @throws InvalidInputException if the plan was made with others
   */
  void requireCalibration(@Nullable String sha256, String file) {
    if (!Objects.equals(calibration, sha256)) {
      throw new InvalidInputException(
          "%s: the plan was made with %s, but at hand are %s; give the same --images, --calibrate and --seed"
              .formatted(file, images(calibration), images(sha256)));
    }
  }

  private static String images(@Nullable String sha256) {
    return sha256 == null ? "no calibration images" : "calibration images with SHA-256 " + sha256;
  }

  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a plan.
   *
   * @throws InvalidInputException if {@code json} is none
   */
  public static Plan fromJson(String json, String file) {
    try {
      return JSON.readValue(json, Plan.class);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          file + ": not a plan: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    }
  }

  private static String layer(Anatomy anatomy, ChannelGroup.Kernel kernel) {
    Node node = anatomy.step(kernel.step()).node();
    return node.outputs().get(0);
  }

  private static String ranges(BitSet indices) {
    List<String> ranges = new ArrayList<>();
    for (int start = indices.nextSetBit(0); start >= 0; ) {
      int end = indices.nextClearBit(start);
      ranges.add(end - start == 1 ? "" + start : start + "-" + (end - 1));
      start = indices.nextSetBit(end);
    }
    return String.join(",", ranges);
  }

  private static BitSet indices(String ranges, String file) {
    BitSet indices = new BitSet();
    for (String range : ranges.split(",", -1)) {
      if (!range.matches("\\d{1,9}(-\\d{1,9})?")) {
        throw new InvalidInputException(
            "%s: '%s' in the plan is no range of kernels such as 0-3,7".formatted(file, range));
      }
      String[] ends = range.split("-", -1);
      indices.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
    }
    return indices;
  }
}
