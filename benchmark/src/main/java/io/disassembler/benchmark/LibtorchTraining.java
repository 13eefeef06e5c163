package io.disassembler.benchmark;

import io.disassembler.benchmark.libtorch.LibtorchNetwork;
import io.disassembler.engine.NativeScope;
import io.disassembler.operator.TensorData;
import io.disassembler.training.Batch;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** The same steps written with libtorch's own modules and optimizer, the code behind PyTorch. */
final class LibtorchTraining implements Contestant {
  private static final double AUXILIARY = 0.5;

  private final LibtorchNetwork network;
  private final AdamW optimizer;
  private final Batch batch;

  /** Lives in the native scope of the caller. */
  LibtorchTraining(Supplier<LibtorchNetwork> source, Batch batch) {
    this.batch = batch;
    network = source.get();
    AdamWOptions options = new AdamWOptions(TrainingThroughput.LEARNING_RATE);
    options.weight_decay().put(1e-2);
    optimizer = new AdamW(network.modules().parameters(), options);
  }

  @Override
  public void step() {
    NativeScope.run(
        () -> {
          optimizer.zero_grad();
          Tensor images = TensorData.of(batch.images());
          Tensor labels =
              TensorData.ofLongs(batch.labels(), images.size(0), images.size(2), images.size(3));
          List<Tensor> maps = network.run(images);
          Tensor loss = crossEntropy(maps.get(0), labels);
          for (Tensor helping : maps.subList(1, maps.size())) {
            loss = loss.add(crossEntropy(helping, labels).mul(new Scalar(AUXILIARY)));
          }
          loss.backward();
          torch.clip_grad_norm_(network.modules().parameters(), TrainingThroughput.CLIP);
          optimizer.step();
          // As ours, which looks at the loss in each step.
          loss.item_float();
        });
  }

  private static Tensor crossEntropy(Tensor maps, Tensor labels) {
    return torch.cross_entropy_loss(maps, labels, new TensorOptional(), 1, -1, 0);
  }

  @Override
  public void close() {
    // The scope around it frees it.
  }
}
