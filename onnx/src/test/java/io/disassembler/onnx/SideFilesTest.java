package io.disassembler.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideFilesTest {
  private Path folder = Path.of("");

  /** A model's folder with a side file of the floats 0, 1, ... 9, and one outside. */
  @BeforeEach
  void makeFolder(@TempDir Path root) throws IOException {
    folder = Files.createDirectory(root.resolve("model"));
    ByteBuffer floats = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 10; i++) {
      floats.putFloat(i);
    }
    Files.createDirectory(folder.resolve("sub"));
    Files.write(folder.resolve("sub/inside.bin"), floats.array());
    Files.write(folder.resolve("inside.bin"), floats.array());
    Files.write(root.resolve("outside.bin"), floats.array());
  }

  @Test
  void weightsAreReadAtTheirOffset() throws IOException {
    assertThat(read("inside.bin", "offset", "8", "length", "24").floats())
        .containsExactly(2, 3, 4, 5, 6, 7);
    assertThat(read("inside.bin").floats()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(read("./sub/../sub/inside.bin", "offset", "16").floats())
        .containsExactly(4, 5, 6, 7, 8, 9);
  }

  @Test
  void weightsAreNotCopied() throws IOException {
    assertThat(read("inside.bin").data().isDirect()).isTrue();
  }

  @Test
  void linksWithinTheFolderAreFollowed() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.bin"), folder.resolve("inside.bin"));

    assertThat(read("link.bin").floats()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void sideFilesMustNotLeaveTheFolder() throws IOException {
    Path outside = folder.resolveSibling("outside.bin");
    Files.createSymbolicLink(folder.resolve("link.bin"), outside);
    Files.createSymbolicLink(folder.resolve("folder"), folder.getParent());

    assertInvalid("outside the model's folder", "../outside.bin");
    assertInvalid("outside the model's folder", outside.toString());
    assertInvalid("outside the model's folder", folder.resolve("inside.bin").toString());
    assertInvalid("outside the model's folder", "link.bin");
    assertInvalid("outside the model's folder", "folder/outside.bin");
    assertInvalid("outside the model's folder", "sub/../../outside.bin");
  }

  @Test
  void sideFilesMustExistAndBeLongEnough() {
    assertInvalid("side file 'missing.bin', which is not in the model's folder", "missing.bin");
    assertInvalid("which is not in the model's folder", "sub");
    assertInvalid("location is not stated", "");
    assertInvalid("which is no path", "a\0b");
    assertInvalid(
        "needs bytes 20 to 44 of the side file 'inside.bin', which has only 40",
        "inside.bin",
        "offset",
        "20");
    assertInvalid("which has only 40", "inside.bin", "offset", Long.toString(Long.MAX_VALUE));
  }

  @Test
  void entriesMustFitTheWeight() {
    assertInvalid("needs 24 bytes, its side file entry says 12", "inside.bin", "length", "12");
    assertInvalid("offset of its side file entry is '-4'", "inside.bin", "offset", "-4");
    assertInvalid("offset of its side file entry is 'four'", "inside.bin", "offset", "four");
  }

  @Test
  void modelsWithoutFolderHaveNoSideFiles() {
    assertThatThrownBy(() -> Models.read(Models.adding(external("inside.bin"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not read from a folder");
  }

  private void assertInvalid(String cause, String location, String... entries) {
    assertThatThrownBy(() -> read(location, entries))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(folder.resolve("model.onnx") + ": ")
        .hasMessageContaining("weight 'w'")
        .hasMessageContaining(cause);
  }

  private Weight read(String location, String... entries) throws IOException {
    Path file = folder.resolve("model.onnx");
    Files.write(file, Models.adding(external(location, entries)).toByteArray());
    return OnnxReader.read(file).weight("w").orElseThrow();
  }

  /** A tensor of 6 floats. */
  private static TensorProto external(String location, String... entries) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDataType(DataType.FLOAT_VALUE)
            .addDims(2)
            .addDims(3)
            .setDataLocation(DataLocation.EXTERNAL);
    tensor.addExternalDataBuilder().setKey("location").setValue(location);
    for (int i = 0; i < entries.length; i += 2) {
      tensor.addExternalDataBuilder().setKey(entries[i]).setValue(entries[i + 1]);
    }
    return tensor.build();
  }
}
