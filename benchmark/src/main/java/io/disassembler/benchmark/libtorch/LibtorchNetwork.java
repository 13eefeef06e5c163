package io.disassembler.benchmark.libtorch;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A network of the zoo written directly with libtorch's modules. */
public interface LibtorchNetwork {
  Modules modules();

  /** Logits at the size of the image, and those of the auxiliary head if there is one. */
  List<Tensor> run(Tensor image);
}
