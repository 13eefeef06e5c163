package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** A model's file and the side files that hold weights of it, as files. */
public final class ModelFile {
  private ModelFile() {}

  /**
   * How many bytes a model takes, side files included.
   *
   * @throws InvalidInputException if a file cannot be read
   */
  public static long bytes(Path model) {
    long bytes = size(model);
    for (Path sideFile : sideFiles(MappedFile.map(model), model)) {
      bytes += size(sideFile);
    }
    return bytes;
  }

  /** The side files that {@code model}, whose content is {@code bytes}, names, by name. */
  static List<Path> sideFiles(ByteBuffer bytes, Path model) {
    TreeSet<String> locations = new TreeSet<>();
    try {
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      input.enableAliasing(true);
      for (TensorProto weight : ModelProto.parseFrom(input).getGraph().getInitializerList()) {
        for (StringStringEntryProto entry : weight.getExternalDataList()) {
          if (entry.getKey().equals("location")) {
            locations.add(entry.getValue());
          }
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException(model + ": is no ONNX model, or is truncated", e);
    }
    return locations.stream().map(model::resolveSibling).toList();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }
}
