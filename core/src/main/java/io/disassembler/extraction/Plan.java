package io.disassembler.extraction;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.disassembler.base.Build;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Sha256;
import io.disassembler.base.Stable;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Node;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Goal;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a sub-network was made: enough to make it again, byte for byte, from the same model and the
 * same profile. As JSON (docs/plan.md) it also states its {@link #schema}.
 *
 * @param version of Disassembler
 * @param model SHA-256 of the full network's file
 * @param categories names of the chosen categories, in order
 * @param criterion what ranked the channel groups
 * @param goal what was asked for
 * @param recovery the recovery method
 * @param profile SHA-256 of the profile that recovery used; null if it used none
 * @param calibration SHA-256 of the images that it was calibrated on; null if there were none
 * @param seed the profile's seed
 * @param kept per layer (by its output's name) the kernels kept, as ranges: {@code 0-3,7}
 * @param selected SHA-256 of {@code kept} as it was selected, by which it is known whether someone
 *     edited it since; null if nobody selected it
 * @param edited true if a sub-network was made of it after it had been edited; null otherwise. The
 *     goal is then what it keeps of the MACs
 * @param tuning the training steps that followed; null if there were none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder("schema")
@Stable
public record Plan(
    String version,
    String model,
    List<String> categories,
    String criterion,
    Goal goal,
    String recovery,
    @Nullable String profile,
    @Nullable String calibration,
    long seed,
    Map<String, String> kept,
    @Nullable String selected,
    @Nullable Boolean edited,
    @Nullable Tuning tuning) {
  /** Key of the plan in a sub-network's metadata. */
  public static final String METADATA_KEY = "disassembler.plan";

  /**
   * What plans look like as JSON; 1, which plans did not state, had the goal as a command's text; 2
   * knew no training steps; 3 did not know whether it was edited.
   */
  private static final int SCHEMA = 4;

  private static final int FIRST_WITH_HASH = 4;

  private static final Pattern BUDGET = Pattern.compile("-*keep-(macs|parameters) ([\\d.E-]+)");
  private static final Pattern THRESHOLDS =
      Pattern.compile("-*alpha ([\\d.E-]+) -*beta ([\\d.E-]+)");
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  public Plan {
    require("version", version);
    require("model", model);
    require("criterion", criterion);
    require("goal", goal);
    require("recovery", recovery);
    categories = List.copyOf(all("categories", require("categories", categories)));
    all("kept", require("kept", kept).values());
    kept = java.util.Collections.unmodifiableMap(new TreeMap<>(kept));
  }

  /** A plan whose kernels were selected just now. */
  public Plan(
      String version,
      String model,
      List<String> categories,
      String criterion,
      Goal goal,
      String recovery,
      @Nullable String profile,
      @Nullable String calibration,
      long seed,
      Map<String, String> kept,
      @Nullable Tuning tuning) {
    this(
        version,
        model,
        categories,
        criterion,
        goal,
        recovery,
        profile,
        calibration,
        seed,
        kept,
        hash(kept),
        null,
        tuning);
  }

  private static String hash(Map<String, String> kept) {
    return Sha256.of(new TreeMap<>(kept).toString());
  }

  /** Whether the kernels that it keeps were edited by hand, now or before. */
  @JsonIgnore
  public boolean isEdited() {
    return Boolean.TRUE.equals(edited) || !hash(kept).equals(selected);
  }

  /** The same; if it was edited, with what it keeps in place of what was asked for. */
  Plan stating(Cost cost, Cost full) {
    return hash(kept).equals(selected)
        ? this
        : new Plan(
            Build.version(),
            model,
            categories,
            criterion,
            new Budget(Budget.Measure.MACS, (double) cost.macs() / full.macs()),
            recovery,
            profile,
            calibration,
            seed,
            kept,
            hash(kept),
            true,
            tuning);
  }

  /** The same with training steps at its end. */
  Plan tuned(Tuning steps) {
    return new Plan(
        version,
        model,
        categories,
        criterion,
        goal,
        recovery,
        profile,
        calibration,
        seed,
        kept,
        selected,
        edited,
        steps);
  }

  private static <T> T require(String field, @Nullable T value) {
    return Objects.requireNonNull(value, "it has no " + field);
  }

  private static <T extends Collection<String>> T all(String field, T values) {
    values.forEach(value -> Objects.requireNonNull(value, "one of its " + field + " is null"));
    return values;
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
    if (profile == null && recoveryMethod(file) != RecoveryMethod.NONE) {
      throw new InvalidInputException(
          "%s: the plan says recovery %s, which uses a profile, but not which: 'profile' is missing; take the plan out of the sub-network again"
              .formatted(file, recovery));
    }
    if (profile != null && !profile.equals(profileSha256)) {
      throw new InvalidInputException(
          "%s: the plan was made with the profile with SHA-256 %s, but the profile at hand has %s"
              .formatted(file, profile, profileSha256));
    }
  }

  /**
   * Refuses to be replayed without its training steps.
   *
   * @throws InvalidInputException if they are missing, or nobody takes them
   */
  void requireTuner(@Nullable Tuner tuner, String file) {
    if (tuning == null && recoveryMethod(file) == RecoveryMethod.TUNED) {
      throw new InvalidInputException(
          "%s: the plan says recovery %s, but not how it trained: 'tuning' is missing; take the plan out of the sub-network again, or change its 'recovery'"
              .formatted(file, recovery));
    }
    if (tuning != null && tuner == null) {
      throw new InvalidInputException(
          file + ": the plan has training steps; expected the images that they learned from",
          Setting.CALIBRATION_IMAGES);
    }
  }

  /**
   * Refuses to be replayed on other calibration images.
   *
   * @param sha256 of the images at hand; null if there are none
   * @throws InvalidInputException if the plan was made with others
   */
  void requireCalibration(@Nullable String sha256, String file) {
    if (calibration == null && recoveryMethod(file).followsImages()) {
      throw new InvalidInputException(
          "%s: the plan says recovery %s, which follows images, but not which: 'calibration' is missing; take the plan out of the sub-network again, or change its 'recovery'"
              .formatted(file, recovery));
    }
    if (!Objects.equals(calibration, sha256)) {
      throw new InvalidInputException(
          "%s: the plan was made with %s, but at hand are %s; give the same images, as many, drawn with the same seed"
              .formatted(file, images(calibration), images(sha256)),
          Setting.CALIBRATION_IMAGES,
          Setting.CALIBRATION_SIZE,
          Setting.SEED);
    }
  }

  /**
   * How what was lost was made up for.
   *
   * @throws InvalidInputException if there is no such method
   */
  RecoveryMethod recoveryMethod(String file) {
    try {
      return RecoveryMethod.of(recovery);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(file + ": " + e.getMessage(), e);
    }
  }

  private static String images(@Nullable String sha256) {
    return sha256 == null ? "no calibration images" : "calibration images with SHA-256 " + sha256;
  }

  /** Version of the JSON's schema. */
  @JsonProperty("schema")
  int schema() {
    return SCHEMA;
  }

  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a plan of this or an earlier schema.
   *
   * @throws InvalidInputException if {@code json} is none
   */
  public static Plan fromJson(String json, String file) {
    try {
      if (!(JSON.readTree(json) instanceof ObjectNode plan)) {
        throw new InvalidInputException(file + ": not a plan: expected a JSON object");
      }
      int schema = plan.path("schema").asInt(1);
      if (schema > SCHEMA) {
        throw new InvalidInputException(
            "%s: the plan has schema %d, expected up to %d; use the version that made it (%s), or a newer one"
                .formatted(file, schema, SCHEMA, plan.path("version").asText()));
      }
      plan.remove("schema");
      if (schema == 1) {
        plan.set("goal", goal(plan.path("goal").asText()));
      }
      Plan read = JSON.treeToValue(plan, Plan.class);
      return schema < FIRST_WITH_HASH ? read.asSelected() : read;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(file + ": not a plan: " + problem(e), e);
    }
  }

  /** Of a schema that cannot tell whether it was edited. */
  private Plan asSelected() {
    return new Plan(
        version,
        model,
        categories,
        criterion,
        goal,
        recovery,
        profile,
        calibration,
        seed,
        kept,
        tuning);
  }

  private static String problem(JsonProcessingException e) {
    Throwable refused = e.getCause();
    if (refused instanceof NullPointerException || refused instanceof IllegalArgumentException) {
      return String.valueOf(refused.getMessage());
    }
    String problem = e.getOriginalMessage().lines().findFirst().orElse("");
    return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? mapping.getPath().get(0).getFieldName() + ": " + problem
        : problem;
  }

  /** The goal as data, from the text of a command that schema 1 had instead. */
  private static JsonNode goal(String text) {
    Matcher budget = BUDGET.matcher(text);
    if (budget.matches()) {
      return JSON.createObjectNode()
          .put("measure", budget.group(1))
          .put("share", Double.parseDouble(budget.group(2)));
    }
    Matcher thresholds = THRESHOLDS.matcher(text);
    return thresholds.matches()
        ? JSON.createObjectNode()
            .put("alpha", Double.parseDouble(thresholds.group(1)))
            .put("beta", Double.parseDouble(thresholds.group(2)))
        : JSON.getNodeFactory().textNode(text);
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
      int first = Integer.parseInt(ends[0]);
      int last = Integer.parseInt(ends[ends.length - 1]);
      if (last < first) {
        throw new InvalidInputException(
            "%s: '%s' in the plan ends before it begins".formatted(file, range));
      }
      indices.set(first, last + 1);
    }
    return indices;
  }
}
