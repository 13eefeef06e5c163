package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Weight;
import java.nio.file.Path;

/** Single tensors in files ({@code TensorProto}), as ONNX's conformance cases store them. */
public final class TensorFiles {
  private TensorFiles() {}

  /**
   * The tensor in {@code file}, under the name that it has there.
   *
   * @throws InvalidInputException if the file is missing, is no tensor, or has an unsupported
   *     element type
   */
  public static Weight read(Path file) {
    String name = file.toString();
    try (SideFiles sideFiles = new SideFiles(name, file.toAbsolutePath().getParent())) {
      TensorProto tensor = TensorProto.parseFrom(MappedFile.map(file));
      return new TensorReader(name, sideFiles).read(tensor, "tensor '" + tensor.getName() + "'");
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidInputException(
          "%s: is not an ONNX tensor, or is truncated (%s)".formatted(name, e.getMessage()), e);
    }
  }
}
