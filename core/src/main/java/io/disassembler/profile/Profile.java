package io.disassembler.profile;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Printable;
import io.disassembler.base.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was learned about a network from images: per category and feature map the attributions, and
 * per feature map the moments. Immutable.
 */
public final class Profile {
  private final ProfileHeader header;
  private final SortedMap<String, Long> images;
  private final Map<String, FeatureMap> featureMaps = new LinkedHashMap<>();
  private final List<CategoryProfile> categories;
  private final Map<String, Moments> moments;

  Profile(
      ProfileHeader header,
      Map<String, Long> images,
      List<FeatureMap> featureMaps,
      List<CategoryProfile> categories,
      Map<String, Moments> moments) {
    this.header = header;
    this.images = new TreeMap<>(images);
    featureMaps.forEach(map -> this.featureMaps.put(map.name(), map));
    this.categories = List.copyOf(categories);
    this.moments = Map.copyOf(moments);
  }

  public ProfileHeader header() {
    return header;
  }

  /** Names of the images that were seen, sorted. */
  public List<String> images() {
    return List.copyOf(images.keySet());
  }

  /**
   * What tells what {@code image} shows from what others show: the first 8 bytes of the SHA-256 of
   * its pixels as the network takes them.
   */
  public long content(String image) {
    Long content = images.get(image);
    if (content == null) {
      throw new IllegalArgumentException("not an image of this profile: " + image);
    }
    return content;
  }

  /** Names of the feature maps, in the order in which the network computes them. */
  public List<String> featureMaps() {
    return List.copyOf(featureMaps.keySet());
  }

  /** Number of channels of {@code featureMap}. */
  public int channels(String featureMap) {
    return featureMap(featureMap).channels();
  }

  /** What is known of {@code featureMap} itself. */
  public FeatureMap featureMap(String featureMap) {
    FeatureMap map = featureMaps.get(featureMap);
    if (map == null) {
      throw new IllegalArgumentException("not a feature map of this profile: " + featureMap);
    }
    return map;
  }

  /**
   * What was learned about category {@code number}, by its place in the header. One that was not
   * profiled ({@link ProfileHeader#profiled}) is like one that no image shows.
   */
  public CategoryProfile category(int number) {
    return categories.get(number);
  }

  /** The moments of {@code featureMap} over all pixels of all images. */
  public Moments moments(String featureMap) {
    Moments found = moments.get(featureMap);
    if (found == null) {
      throw new IllegalArgumentException("not a feature map of this profile: " + featureMap);
    }
    return found;
  }

  /** This profile with feature maps added, or their moments in place of those that it has. */
  public Profile with(Map<FeatureMap, Moments> others) {
    Map<String, FeatureMap> maps = new LinkedHashMap<>(featureMaps);
    Map<String, Moments> all = new TreeMap<>(moments);
    others.forEach(
        (map, known) -> {
          maps.put(map.name(), map);
          all.put(map.name(), known);
        });
    return new Profile(header, images, List.copyOf(maps.values()), categories, all);
  }

  /**
   * The profile of both sets of images. Associative, and independent of the order to rounding.
   *
   * @throws InvalidInputException if the other was made of another model or with other settings, or
   *     if an image is in both
   */
  public Profile merge(Profile other) {
    ProfileAccumulator sum = ProfileAccumulator.of(this);
    sum.add(other);
    return sum.toProfile();
  }

  /**
   * Checks that this profile belongs to a model.
   *
   * @param sha256 SHA-256 of the model file, in hexadecimal
   * @param modelFile what the message calls the model
   * @throws InvalidInputException if it was made from another model
   */
  public void requireModel(String sha256, String modelFile) {
    if (!header.modelSha256().equalsIgnoreCase(sha256)) {
      throw new InvalidInputException(
          "%s: the profile was made from another model (expected SHA-256 %s, found %s); profile this model, or name the one that was profiled"
              .formatted(modelFile, header.modelSha256(), sha256));
    }
  }

  /**
   * Checks that this profile is about an output of its model.
   *
   * @param output name of the graph output
   * @param modelFile what the message calls the model
   * @throws InvalidInputException if it was made for another output
   */
  public void requireOutput(String output, String modelFile) {
    if (!header.output().isEmpty() && !header.output().equals(output)) {
      throw new InvalidInputException(
          "%s: the profile was made for output '%s', not '%s'; profile the model for output '%s', or work on output '%s'"
              .formatted(modelFile, header.output(), output, output, header.output()),
          Setting.OUTPUT);
    }
  }

  /**
   * Checks that this profile knows of these categories.
   *
   * @param wanted their places in the header
   * @throws InvalidInputException if one was not profiled
   */
  public void requireProfiled(List<Integer> wanted) {
    List<Integer> missing =
        wanted.stream().filter(category -> !header.profiled().contains(category)).toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "the profile is of %s alone and says nothing of %s; profile the network for %s, or for all of its categories, or choose among those that were profiled"
              .formatted(
                  Printable.of(String.join(", ", header.profiledNames())),
                  names(missing),
                  missing.size() == 1 ? "that" : "those"),
          Setting.CATEGORIES);
    }
  }

  private String names(List<Integer> numbers) {
    return Printable.of(
        numbers.stream().map(header.categories()::get).collect(Collectors.joining(", ")));
  }

  /**
   * Checks that this profile was made with these constants for inputs.
   *
   * @param sha256 of the constants; empty if there are none
   * @param modelFile what the message calls the model
   * @throws InvalidInputException if it was made with others
   */
  public void requireConstants(String sha256, String modelFile) {
    if (!header.constantsSha256().equals(sha256)) {
      throw new InvalidInputException(
          "%s: the profile was made with %s for the model's inputs; give the model the same constants, or profile it again"
              .formatted(
                  modelFile,
                  header.constantsSha256().isEmpty() ? "no constants" : "other constants"),
          Setting.FIXED_INPUTS);
    }
  }

  /** SHA-256, in hexadecimal, of everything that was learned. */
  public String sha256() {
    return ProfileDigest.sha256(this);
  }

  SortedMap<String, Long> contents() {
    return Collections.unmodifiableSortedMap(images);
  }

  List<FeatureMap> maps() {
    return List.copyOf(featureMaps.values());
  }
}
