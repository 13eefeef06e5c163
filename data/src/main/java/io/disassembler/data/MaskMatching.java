package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which mask belongs to which image, by their names: exactly alike first, then less and less. */
final class MaskMatching {
  private final Map<Path, Match> byImage;

  private MaskMatching(Map<Path, Match> byImage) {
    this.byImage = Collections.unmodifiableMap(byImage);
  }

  /**
   * @param tally is told of masks that belong to no image
   * @throws InvalidInputException if two masks belong to one image alike
   */
  static MaskMatching of(Collection<FileName> images, Collection<FileName> masks, Tally tally) {
    List<Map<String, Optional<Path>>> levels =
        List.of(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
    for (FileName image : images) {
      List<String> keys = image.asImage();
      for (int level = 0; level < keys.size(); level++) {
        // A key that two images share says nothing.
        levels
            .get(level)
            .merge(
                keys.get(level),
                Optional.of(image.file()),
                (a, b) -> a.equals(b) ? a : Optional.empty());
      }
    }
    Map<Path, List<Match>> found = new TreeMap<>();
    for (FileName mask : masks) {
      Match match = match(mask, levels);
      if (match == null) {
        tally.remark("masks belong to no image", mask.file().getFileName());
      } else {
        found.computeIfAbsent(match.image(), unused -> new ArrayList<>()).add(match);
      }
    }
    Map<Path, Match> best = new TreeMap<>();
    found.forEach((image, matches) -> best.put(image, best(image, matches, tally)));
    return new MaskMatching(best);
  }

  private static @Nullable Match match(FileName mask, List<Map<String, Optional<Path>>> levels) {
    List<String> keys = mask.asMask();
    for (int level = 0; level < keys.size(); level++) {
      for (int by = 0; by <= level; by++) {
        for (int[] pair : new int[][] {{by, level}, {level, by}}) {
          Path image =
              levels.get(pair[0]).getOrDefault(keys.get(pair[1]), Optional.empty()).orElse(null);
          if (image != null) {
            return new Match(image, mask, level);
          }
        }
      }
    }
    return null;
  }

  /** The best of the masks of one image. */
  private static Match best(Path image, List<Match> matches, Tally tally) {
    Match best = matches.get(0);
    for (Match match : matches) {
      best = match.better(best) ? match : best;
    }
    for (Match match : matches) {
      if (!match.equals(best) && !best.better(match)) {
        throw new InvalidInputException(
            "%s: %s and %s both belong to the image %s; keep one of them"
                .formatted(
                    match.mask().file().resolveSibling(""),
                    best.mask().file().getFileName(),
                    match.mask().file().getFileName(),
                    image.getFileName()));
      }
      if (!match.equals(best)) {
        tally.remark("masks have a better one beside them", match.mask().file().getFileName());
      }
    }
    return best;
  }

  /** The mask of an image; null if it has none. */
  @Nullable Path mask(FileName image) {
    Match match = byImage.get(image.file());
    return match == null ? null : match.mask().file();
  }

  /**
   * A mask of an image.
   *
   * @param level how far their names are apart, from 0
   */
  private record Match(Path image, FileName mask, int level) {
    boolean better(Match other) {
      return mask.isSecondChoice() == other.mask.isSecondChoice()
          ? level < other.level
          : other.mask.isSecondChoice();
    }
  }
}
