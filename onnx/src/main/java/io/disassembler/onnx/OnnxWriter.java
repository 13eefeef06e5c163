package io.disassembler.onnx;

import static io.disassembler.onnx.TensorWriter.lengthDelimited;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Replacement;
import io.disassembler.graph.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code .onnx} files. The same network gives the same bytes. Weights are written one by one
 * as raw data, so no more than one has to fit in memory; a model that would exceed 2 GB, the most
 * that protobuf can hold, gets its weights in a side file, {@code <file>.data}.
 */
public final class OnnxWriter {
  private static final int BUFFER_BYTES = 1 << 16;
  // Memory mapping wants whole pages; so do ONNX Runtime and PyTorch's exporter.
  private static final int ALIGNMENT_BYTES = 4096;
  // Smaller ones are shapes and axes, which shape inference needs inside the model.
  private static final int SMALLEST_IN_SIDE_FILE_BYTES = 1024;

  private final ModelProto model;
  private final GraphProto graph;
  private final List<TensorWriter> weights;

  private OnnxWriter(ModelProto model, GraphProto graph, List<TensorWriter> weights) {
    this.model = model;
    this.graph = graph;
    this.weights = weights;
  }

  /**
   * Writes {@code network} to {@code file}, which may be the one that it was read from. In a file
   * of IR version 3 the weights are listed among the graph inputs, as that version demands.
   *
   * @throws InvalidInputException if the file cannot be written; nothing is left behind then
   */
  public static void write(Network network, Path file) {
    write(network, file, Integer.MAX_VALUE);
  }

  /**
   * @param largest size in bytes above which weights go to a side file
   */
  static void write(Network network, Path file, long largest) {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new InvalidInputException("%s: is a folder, expected a file".formatted(file));
    }
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "%s: cannot be written: there is no folder %s".formatted(file, file.getParent()));
    }
    NetworkWriter messages = new NetworkWriter(network);
    OnnxWriter writer = new OnnxWriter(messages.model(), messages.graph(), messages.weights());
    try {
      if (writer.size() <= largest) {
        writer.writeModel(target);
      } else {
        writer.writeModelAndSideFile(target, largest);
      }
    } catch (IOException e) {
      String cause = e instanceof AccessDeniedException ? "permission denied" : e.toString();
      throw new InvalidInputException("%s: cannot be written: %s".formatted(file, cause), e);
    }
  }

  private void writeModel(Path target) throws IOException {
    try (Replacement replacement = new Replacement(target)) {
      writeTo(replacement.channel());
      replacement.commit();
    }
  }

  private void writeModelAndSideFile(Path target, long largest) throws IOException {
    Path sideTarget = target.resolveSibling(target.getFileName() + ".data");
    String location = sideTarget.getFileName().toString();
    List<TensorWriter> moved = new ArrayList<>();
    try (Replacement side = new Replacement(sideTarget);
        Replacement main = new Replacement(target)) {
      for (TensorWriter weight : weights) {
        if (weight.weight().bytes() < SMALLEST_IN_SIDE_FILE_BYTES) {
          moved.add(weight);
        } else {
          moved.add(weight.inSideFile(location, append(weight, side.channel())));
        }
      }
      OnnxWriter rest = new OnnxWriter(model, graph, moved);
      if (rest.size() > largest) {
        throw new InvalidInputException(
            "%s: cannot be written: it takes %d bytes even with its weights in a side file"
                .formatted(target, rest.size()));
      }
      rest.writeTo(main.channel());
      side.commit();
      main.commit();
    }
  }

  private static long append(TensorWriter weight, FileChannel channel) throws IOException {
    long pages = (channel.position() + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES;
    long offset = pages * ALIGNMENT_BYTES;
    channel.position(offset);
    ByteBuffer data = weight.weight().data();
    while (data.hasRemaining()) {
      channel.write(data);
    }
    return offset;
  }

  private long size() {
    return model.getSerializedSize() + lengthDelimited(ModelProto.GRAPH_FIELD_NUMBER, graphSize());
  }

  private long graphSize() {
    long size = graph.getSerializedSize();
    for (TensorWriter weight : weights) {
      size += lengthDelimited(GraphProto.INITIALIZER_FIELD_NUMBER, weight.size());
    }
    return size;
  }

  private void writeTo(FileChannel channel) throws IOException {
    CodedOutputStream out =
        CodedOutputStream.newInstance(Channels.newOutputStream(channel), BUFFER_BYTES);
    model.writeTo(out);
    begin(out, ModelProto.GRAPH_FIELD_NUMBER, graphSize());
    graph.writeTo(out);
    for (TensorWriter weight : weights) {
      begin(out, GraphProto.INITIALIZER_FIELD_NUMBER, weight.size());
      weight.write(out);
    }
    out.flush();
  }

  private static void begin(CodedOutputStream out, int field, long size) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(Math.toIntExact(size));
  }
}
