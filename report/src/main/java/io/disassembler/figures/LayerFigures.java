package io.disassembler.figures;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.data.NearestNames;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Thresholds;
import io.disassembler.similarity.Attribution;
import io.disassembler.similarity.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** All figures of one feature map of a profile, and those over all feature maps. */
public final class LayerFigures {
  /** The feature map that the last weighted layer reads. */
  public static final String PENULTIMATE = "penultimate";

  private final Profile profile;
  private final String featureMap;

  /**
   * @param layer name of a feature map, or {@value #PENULTIMATE}
   * @throws InvalidInputException if the profile has no such feature map
   */
  public LayerFigures(Profile profile, String layer) {
    this.profile = profile;
    List<String> maps = profile.featureMaps();
    if (maps.isEmpty()) {
      throw new InvalidInputException("the profile has no feature maps: nothing to draw");
    }
    featureMap = layer.equals(PENULTIMATE) ? maps.get(maps.size() - 1) : layer;
    if (!maps.contains(featureMap)) {
      throw new InvalidInputException(
          "feature map '%s': the profile has no such one among its %d; expected %s or a name; nearest: %s"
              .formatted(
                  layer, maps.size(), PENULTIMATE, String.join(", ", NearestNames.of(layer, maps))),
          Setting.FEATURE_MAP);
    }
  }

  /** The feature map that is drawn. */
  public String featureMap() {
    return featureMap;
  }

  /** True if no image shows any category: there is nothing to draw. */
  public boolean empty() {
    return IntStream.range(0, profile.header().categories().size())
        .allMatch(c -> profile.category(c).images() == 0);
  }

  /** The category that most images show; the first of several. */
  public int mostShown() {
    return IntStream.range(0, profile.header().categories().size())
        .boxed()
        .max(
            Comparator.<Integer>comparingLong(c -> profile.category(c).images())
                .thenComparing(Comparator.reverseOrder()))
        .orElseThrow(() -> new IllegalStateException("no categories"));
  }

  /**
   * The images of one category by channels.
   *
   * @throws InvalidInputException if no image shows it
   */
  public Figure images(int category, Attribution attribution) {
    return new ChannelFigures(profile, featureMap, attribution).images(category);
  }

  /** Categories by channels. */
  public Figure categories(Attribution attribution) {
    return new ChannelFigures(profile, featureMap, attribution).categories();
  }

  /** The similarity of categories; some must be comparable there. */
  public Figure similarity(Finding finding, Attribution attribution) {
    return new SimilarityFigures(finding).matrix(featureMap, attribution);
  }

  /** Where in the network categories part; some must be comparable. */
  public Figure depth(Finding finding) {
    return new SimilarityFigures(finding).depth();
  }

  /** How relevance is distributed in every layer. */
  public Figure relevance(Thresholds thresholds) {
    return new KernelFigures(profile, thresholds).relevance();
  }

  /** Which kernels several categories share. */
  public Figure sharedKernels(Thresholds thresholds) {
    return new KernelFigures(profile, thresholds).shared(featureMap);
  }

  /**
   * Every figure, but for those of similarity where too few images show a category.
   *
   * @param categories whose images are drawn
   * @throws InvalidInputException if no image shows one of them
   */
  public List<Figure> all(Finding finding, List<Integer> categories, Thresholds thresholds) {
    if (empty()) {
      throw new InvalidInputException(
          "no image of the profile shows any category: nothing to draw");
    }
    List<Figure> figures = new ArrayList<>();
    for (Attribution attribution : Attribution.values()) {
      categories.forEach(category -> figures.add(images(category, attribution)));
      figures.add(categories(attribution));
      if (finding.at(featureMap, attribution).comparable()) {
        figures.add(similarity(finding, attribution));
      }
    }
    if (finding.comparable()) {
      figures.add(depth(finding));
    }
    figures.add(relevance(thresholds));
    figures.add(sharedKernels(thresholds));
    return figures;
  }
}
