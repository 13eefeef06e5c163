package io.disassembler.cli.output;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Bitmap;
import io.disassembler.data.Cards;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Size;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.evaluation.Predictor;
import io.disassembler.evaluation.SingleOutput;
import java.nio.file.Path;

/** What a network with a card in its metadata sees in an image. */
record Sight(OnnxRuntimeModel model, Preprocessor preprocessor, Predictor predictor)
    implements AutoCloseable {

  static Sight of(Path file) {
    OnnxRuntimeModel model =
        OnnxRuntimeModel.open(file, Runtime.getRuntime().availableProcessors());
    NetworkCard card =
        Cards.find(file, null, model.metadata())
            .orElseThrow(() -> new InvalidInputException(file + ": carries no network card"));
    Size size = card.size();
    if (size == null) {
      throw new InvalidInputException(file + ": its network card lacks input.size");
    }
    return new Sight(
        model,
        new Preprocessor(card, size),
        new Predictor(file, card.categories().size(), SingleOutput.LOGIT));
  }

  /** The category of each pixel of an image, row by row. */
  int[] labels(Bitmap image) {
    Size size = preprocessor.size();
    return predictor.labels(
        model.run(
            preprocessor.pixels(image), 1, preprocessor.channels(), size.height(), size.width()),
        image.size());
  }

  @Override
  public void close() {
    model.close();
  }
}
