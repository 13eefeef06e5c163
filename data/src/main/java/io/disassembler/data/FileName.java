package io.disassembler.data;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an image or mask is called, without what only says which of both it is: {@code
 * aachen_1_gtFine_labelIds.png} is the mask of {@code aachen_1_leftImg8bit.png}.
 *
 * @param file the file
 * @param stem its name without extension; composed characters (Unicode NFC), as some systems store
 *     é as two characters and others as one
 */
record FileName(Path file, String stem) {
  private static final Set<String> JPEG = Set.of("jpg", "jpeg", "jpe", "jfif");
  static final Set<String> IMAGES =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "tif", "tiff", "webp");
  static final Set<String> ARRAYS = Set.of("npy", "nii", "nii.gz");
  // Formats of images that are not read: to say so is better than to miss them.
  static final Set<String> UNREAD =
      Set.of(
          "gif", "heic", "heif", "avif", "jp2", "j2k", "jxl", "ppm", "pgm", "pnm", "tga", "exr",
          "hdr", "dng", "cr2", "cr3", "nef", "arw", "psd");
  // JPEG is lossy: its mask values are not those that were labelled.
  static final Set<String> MASKS =
      Set.of("png", "bmp", "gif", "tif", "tiff", "webp", "npy", "nii", "nii.gz");

  private static final Pattern MASK_WORD =
      word(
          "gtFine_labelIds|gtFine_labelTrainIds|gtCoarse_labelIds|gtCoarse_labelTrainIds"
              + "|labelIds|labelTrainIds|trainIds|mask|masks|label|labels|lab|lbl|L"
              + "|gt|ground_?truth|seg|segmap|segmask|segmentations?|annotations?|annot|anno|ann"
              + "|target|manual|manual1|matte");
  // Pictures of masks, and numbers of instances: only if there is nothing better.
  private static final Pattern SECOND_WORD =
      word(
          "gtFine_color|gtCoarse_color|colou?r|gtFine_instanceIds|gtCoarse_instanceIds|instanceIds");
  private static final Pattern IMAGE_WORD =
      word("leftImg8bit|image|images|img|imgs|im|photo|rgb|sat|input|orig|original|raw|training");

  static FileName of(Path file) {
    return new FileName(file, Normalizer.normalize(Sample.stem(file), Normalizer.Form.NFC));
  }

  /** A word before or after the rest, apart from it, or before a number. */
  private static Pattern word(String words) {
    return Pattern.compile(
        "(?i)(?<before>(?:%1$s)(?:[-_. ]+|(?=\\d)))(?<rest>.+)|(?<start>.+?)[-_. ]+(?:%1$s)"
            .formatted(words));
  }

  /** The extension in lower case; empty if there is none. */
  static String extension(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String last = dot > 0 ? name.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
    return last.equals("gz") && name.toLowerCase(Locale.ROOT).endsWith(".nii.gz") ? "nii.gz" : last;
  }

  boolean isJpeg() {
    return JPEG.contains(extension(file));
  }

  /** Whether a word says that it is a mask. */
  boolean isCalledMask() {
    return MASK_WORD.matcher(bare()).matches() || SECOND_WORD.matcher(bare()).matches();
  }

  /** Whether a word says that it is a mask of a kind that comes second to others. */
  boolean isSecondChoice() {
    return SECOND_WORD.matcher(bare()).matches();
  }

  /** What an image may be called in the name of its mask, the likeliest first. */
  List<String> asImage() {
    return keys(without(IMAGE_WORD, bare()));
  }

  /** What the image of a mask may be called, the likeliest first. */
  List<String> asMask() {
    String second = without(SECOND_WORD, bare());
    return keys(second.equals(bare()) ? without(MASK_WORD, bare()) : second);
  }

  private List<String> keys(String rest) {
    return List.of(stem, bare(), rest, rest.toLowerCase(Locale.ROOT));
  }

  /** The stem without further extensions, as in {@code a.jpg.png}. */
  private String bare() {
    String bare = stem;
    int dot = bare.lastIndexOf('.');
    while (dot > 0 && IMAGES.contains(bare.substring(dot + 1).toLowerCase(Locale.ROOT))) {
      bare = bare.substring(0, dot);
      dot = bare.lastIndexOf('.');
    }
    return bare;
  }

  private static String without(Pattern word, String name) {
    Matcher matcher = word.matcher(name);
    if (!matcher.matches()) {
      return name;
    }
    return matcher.group("rest") != null ? matcher.group("rest") : matcher.group("start");
  }
}
