package io.disassembler.data.layout;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.DataSet;
import io.disassembler.data.Legend;
import io.disassembler.data.MaskReader;
import io.disassembler.data.Sample;
import io.disassembler.data.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the images of a layout that have a mask, and says which were left out. */
final class Labelled {
  private final Tally tally;
  private final Path masks;
  private final List<Sample> samples = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /**
   * @param request what was asked for
   * @param masks the folder that has the masks, for messages
   */
  Labelled(Request request, Path masks) {
    this.tally = new Tally(request.text());
    this.masks = masks;
  }

  /** Adds an image, unless there was one of that name before or it has no mask. */
  void add(String name, Path image, Path mask, MaskReader reader) {
    if (!Files.exists(mask)) {
      tally.leaveOut("without a mask in " + masks, name);
    } else if (!names.add(name)) {
      tally.leaveOut("listed twice", name);
    } else {
      samples.add(new Sample(name, image, mask, reader));
    }
  }

  /**
   * What was collected.
   *
   * @throws InvalidInputException if that is nothing
   */
  DataSet dataSet(Legend legend) {
    if (samples.isEmpty()) {
      throw new InvalidInputException(masks + ": has no mask of any of the images");
    }
    tally.report(samples.size());
    return new DataSet(samples, legend);
  }
}
