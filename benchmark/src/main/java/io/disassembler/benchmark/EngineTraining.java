package io.disassembler.benchmark;

import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import io.disassembler.training.Augmentation;
import io.disassembler.training.Batch;
import io.disassembler.training.LabelLoss;
import io.disassembler.training.LossSettings;
import io.disassembler.training.Normalization;
import io.disassembler.training.OptimizerSettings;
import io.disassembler.training.Trainee;
import io.disassembler.training.Trainer;
import io.disassembler.training.TrainingLength;
import io.disassembler.training.TrainingSettings;
import java.util.List;

/** Training steps as {@code train} takes them. */
final class EngineTraining implements Contestant {
  private final Batch batch;
  private final LabelLoss loss;
  private final Trainer trainer;

  EngineTraining(Network network, Batch batch, Size size, List<String> auxiliary, int threads) {
    this.batch = batch;
    NetworkInput input = NetworkInput.of(network, size);
    Trainee trainee =
        Trainee.of(
            Anatomy.of(network, input.shapes(), threads),
            input,
            NetworkCard.unnamed(TrainingThroughput.CATEGORIES),
            auxiliary);
    loss = new LabelLoss(LossSettings.plain(), trainee.card());
    trainer =
        new Trainer(
            trainee,
            new TrainingSettings(
                TrainingLength.ofEpochs(1),
                Math.toIntExact(batch.images().shape().dimension(0)),
                new OptimizerSettings(
                    OptimizerSettings.Method.ADAMW, TrainingThroughput.LEARNING_RATE, 0.9, 1e-2),
                0,
                TrainingThroughput.CLIP,
                Augmentation.NONE,
                Normalization.TRAINED,
                1,
                false,
                "cpu"),
            loss);
  }

  @Override
  public void step() {
    trainer.step(batch, TrainingThroughput.LEARNING_RATE);
  }

  @Override
  public void close() {
    trainer.close();
    loss.close();
  }
}
