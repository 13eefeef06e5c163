package io.disassembler.explorer;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Size;
import io.disassembler.graph.Cost;
import io.disassembler.onnx.TemporaryModel;
import java.util.List;
import java.util.Objects;

/**
 * What the full network and a sub-network make of one picture, both in the sub-network's
 * categories.
 *
 * @param names of the sub-network's categories; a label of {@code names.size()} stands for none
 * @param full height x width labels
 * @param part height x width labels
 */
@SuppressWarnings("ArrayRecordComponent") // drawn once; no one compares them
record Masks(Size size, List<String> names, int[] full, int[] part) {

  /**
   * @param cut a sub-network that is made
   */
  static Masks of(
      Subject subject, Judge judge, Pictures pictures, Pictures.Picture picture, Cut cut) {
    TemporaryModel model = Objects.requireNonNull(cut.file());
    CategoryMapping mapping =
        CategoryMapping.of(subject.card().categories(), cut.request().categories());
    Size size = subject.input().size();
    float[] pixels = new Preprocessor(subject.card(), size).pixels(pictures.decode(picture));
    Cost cost = new Cost(cut.cost().parameters(), cut.cost().macs());
    return new Masks(
        size,
        mapping.names(),
        judge.full(picture.id(), pixels, mapping),
        judge.part(model.file(), cost, pixels));
  }

  /** Share of the pixels on which both agree. */
  double agreement() {
    int same = 0;
    for (int pixel = 0; pixel < full.length; pixel++) {
      same += full[pixel] == part[pixel] ? 1 : 0;
    }
    return (double) same / full.length;
  }
}
