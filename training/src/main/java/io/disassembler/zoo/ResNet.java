package io.disassembler.zoo;

import java.util.ArrayList;
import java.util.List;

/**
 * He et al., "Deep Residual Learning for Image Recognition", 2015, with the stride of a bottleneck
 * in its 3x3 convolution as in torchvision. Below output stride 32 the last stages dilate instead
 * of striding.
 *
 * @param blocks number of blocks in each of the four stages
 * @param bottleneck whether blocks are 1x1, 3x3, 1x1 with four times the channels at the end
 */
record ResNet(List<Integer> blocks, boolean bottleneck) {
  private static final int STAGES = 4;

  /**
   * Stem and stages.
   *
   * @param width channels of the stem; 64 in the paper
   * @param outputStride 8, 16 or 32
   */
  Pyramid build(Layers layers, String prefix, int width, int outputStride) {
    Features x =
        layers.convolution(prefix + "conv1", layers.image(), Convolution.of(width, 7).stride(2));
    x = layers.batchNormalization(prefix + "bn1", x);
    x = layers.relu(prefix + "relu", x);
    List<Features> stages = new ArrayList<>(List.of(x));
    x = layers.maxPool(prefix + "maxpool", x, 3, 2, 1);
    int stride = 4;
    int dilation = 1;
    for (int stage = 0; stage < STAGES; stage++) {
      int step = stage == 0 ? 1 : 2;
      int before = dilation;
      if (stride * step > outputStride) {
        dilation *= step;
        step = 1;
      }
      stride *= step;
      for (int block = 0; block < blocks.get(stage); block++) {
        String name = "%slayer%d.%d".formatted(prefix, stage + 1, block);
        Block geometry =
            new Block(width << stage, block == 0 ? step : 1, block == 0 ? before : dilation);
        x = bottleneck ? bottleneck(layers, name, x, geometry) : basic(layers, name, x, geometry);
      }
      stages.add(x);
    }
    return new Pyramid(stages, stages.get(STAGES - 1));
  }

  /** Channels, stride and dilation of one block. */
  private record Block(int width, int stride, int dilation) {

    /** The 3x3 convolution that takes the block's stride and dilation. */
    Convolution strided() {
      return Convolution.of(width, 3).stride(stride).dilation(dilation);
    }
  }

  private static Features basic(Layers layers, String name, Features x, Block block) {
    Features y = layers.convolution(name + ".conv1", x, block.strided());
    y = layers.relu(name + ".relu", layers.batchNormalization(name + ".bn1", y));
    Convolution second = Convolution.of(block.width(), 3).dilation(block.dilation());
    y = layers.convolution(name + ".conv2", y, second);
    y = layers.batchNormalization(name + ".bn2", y);
    return join(layers, name, x, y, block.stride());
  }

  private static Features bottleneck(Layers layers, String name, Features x, Block block) {
    Features y = layers.convolution(name + ".conv1", x, Convolution.of(block.width(), 1));
    y = layers.relu(name + ".relu1", layers.batchNormalization(name + ".bn1", y));
    y = layers.convolution(name + ".conv2", y, block.strided());
    y = layers.relu(name + ".relu2", layers.batchNormalization(name + ".bn2", y));
    y = layers.convolution(name + ".conv3", y, Convolution.of(4 * block.width(), 1));
    y = layers.batchNormalization(name + ".bn3", y);
    return join(layers, name, x, y, block.stride());
  }

  private static Features join(Layers layers, String name, Features x, Features y, int stride) {
    Features shortcut = x;
    if (stride != 1 || x.channels() != y.channels()) {
      String projection = name + ".downsample.";
      shortcut =
          layers.convolution(projection + "0", x, Convolution.of(y.channels(), 1).stride(stride));
      shortcut = layers.batchNormalization(projection + "1", shortcut);
    }
    return layers.relu(name, layers.binary(name + ".add", "Add", y, shortcut));
  }
}
