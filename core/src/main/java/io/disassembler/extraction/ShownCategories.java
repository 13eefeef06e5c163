package io.disassembler.extraction;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Printable;
import io.disassembler.base.Setting;
import io.disassembler.data.NetworkCard;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the images profiled show what is chosen: what cannot be known to matter for a category is
 * cut away, and the category with it.
 *
 * @param network what messages call the network
 */
record ShownCategories(String network, NetworkCard card, Profile profile) {
  private static final Logger LOG = LoggerFactory.getLogger(ShownCategories.class);

  /** What a category relies on is hardly known from fewer images. */
  private static final int FEW_IMAGES = 5;

  /**
   * Warns of categories that few images show.
   *
   * @param categories indices of those chosen
   * @throws InvalidInputException if one of them was not profiled, or no image shows it
   */
  void require(List<Integer> categories) {
    try {
      profile.requireProfiled(categories);
    } catch (InvalidInputException e) {
      throw e.in(network);
    }
    List<String> missing =
        categories.stream()
            .filter(category -> profile.category(category).images() == 0)
            .map(card.categories()::get)
            .toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "%s: none of the %d images profiled shows a pixel of %s with a probability above %s, so what the network relies on for that is not known; profile more images, such that show it, or with a lower threshold, or choose other categories"
              .formatted(
                  network,
                  profile.images().size(),
                  Printable.of(String.join(", ", missing)),
                  profile.header().threshold()),
          Setting.IMAGE_LIMIT,
          Setting.CONFIDENCE_THRESHOLD,
          Setting.CATEGORIES);
    }
    for (int category : categories) {
      CategoryProfile shown = profile.category(category);
      if (shown.images() < FEW_IMAGES && shown.images() < profile.images().size()) {
        LOG.warn(
            "'{}' is shown by {} of the {} images profiled ({} confident pixels); such a category is easily lost: profile and follow more images that show it",
            Printable.of(card.categories().get(category)),
            shown.images(),
            profile.images().size(),
            Math.round(shown.maskArea()));
      }
    }
  }
}
