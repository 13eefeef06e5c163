package io.disassembler.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkInputTest {

  private static Network taking(long images) {
    return taking(images, 3);
  }

  private static Network taking(long images, long channels) {
    return new Network.Builder("many.onnx")
        .opset("", 17)
        .input(
            new Value(
                "image",
                ElementType.FLOAT,
                List.of(
                    new Dimension.Fixed(images),
                    new Dimension.Fixed(channels),
                    new Dimension.Fixed(16),
                    new Dimension.Fixed(16))))
        .build();
  }

  @Test
  void someImagesInOneRunAreTaken() {
    assertThat(NetworkInput.of(taking(32), null).batch()).isEqualTo(32);
  }

  @Test
  void thousandsOfImagesInOneRunAreRefusedBeforeAnythingRuns() {
    assertThatThrownBy(() -> NetworkInput.of(taking(65_536), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "many.onnx: input 'image' takes 65536 images in one run; expected at most 1024; export the network for one image, or for any number");
  }

  @Test
  void millionsOfChannelsAreRefusedBeforeAnythingRuns() {
    assertThat(NetworkInput.of(taking(1, 12), null).channels()).isEqualTo(12);
    assertThatThrownBy(() -> NetworkInput.of(taking(1, 1 << 20), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("takes images of 1048576 channels; expected at most 4096");
  }
}
