package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code .onnx} files of IR version 3 upward.
 *
 * <p>Weights are not copied: those inside the file and those in side files stay memory-mapped. Do
 * not change the file in place while the network is in use; replacing it by renaming, as {@link
 * OnnxWriter} does, is safe.
 *
 * <p>Model-local functions are inlined, loops of a fixed course are written out, sparse
 * initializers become dense, unordered nodes are ordered. Initializers that are listed among the
 * graph inputs are weights, not inputs.
 */
public final class OnnxReader {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxReader.class);
  private static final long OLDEST_IR = 3;
  private static final long NEWEST_KNOWN_IR = 13;

  private OnnxReader() {}

  /**
   * The network in {@code file}; its name is the file's path.
   *
   * @throws InvalidInputException if the file is missing, is no ONNX model, is truncated, or holds
   *     something that cannot be honoured
   */
  public static Network read(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return read(MappedFile.map(file), file.toString(), folder);
  }

  /**
   * The network in {@code model}, the bytes of an {@code .onnx} file without side files.
   *
   * @param name what messages call it
   * @throws InvalidInputException as {@link #read(Path)}
   */
  public static Network read(byte[] model, String name) {
    return read(ByteBuffer.wrap(model), name, null);
  }

  private static Network read(ByteBuffer bytes, String name, @Nullable Path folder) {
    ModelProto model = parse(bytes, name);
    requireModel(model, name);
    try (SideFiles sideFiles = new SideFiles(name, folder)) {
      ModelProto inlined = FunctionInliner.inline(name, model);
      TensorReader tensors = new TensorReader(name, sideFiles);
      return new NetworkReader(name, tensors).read(Unroller.unroll(name, inlined, tensors));
    }
  }

  private static ModelProto parse(ByteBuffer bytes, String name) {
    if (!bytes.hasRemaining()) {
      throw new InvalidInputException("%s: is empty, expected an ONNX model".formatted(name));
    }
    OtherFormats.requireNone(bytes, name);
    ByteString content = UnsafeByteOperations.unsafeWrap(bytes);
    try {
      // Aliasing leaves raw_data where it is: in the mapped file.
      CodedInputStream input = content.newCodedInput();
      input.enableAliasing(true);
      ModelProto model = ModelProto.parseFrom(input);
      input.checkLastTagWas(0);
      return model;
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidInputException(
          OtherFormats.byName(name)
              .orElse(
                  "%s: is not an ONNX model, or is truncated (%s)".formatted(name, e.getMessage())),
          e);
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read: %s".formatted(name, e), e);
    }
  }

  private static boolean isOwn(OperatorSetIdProto operators) {
    return operators.getDomain().isEmpty() || operators.getDomain().equals("ai.onnx");
  }

  private static void requireModel(ModelProto model, String name) {
    if (!model.hasIrVersion() || !model.hasGraph()) {
      throw new InvalidInputException(
          OtherFormats.byName(name)
              .orElse(
                  "%s: is not an ONNX model, or is truncated: it has no %s"
                      .formatted(name, model.hasIrVersion() ? "graph" : "IR version")));
    }
    if (model.getIrVersion() < OLDEST_IR) {
      throw new InvalidInputException(
          "%s: has IR version %d, expected %d or newer; export the model again"
              .formatted(name, model.getIrVersion(), OLDEST_IR));
    }
    if (model.getIrVersion() > NEWEST_KNOWN_IR) {
      LOG.warn(
          "{}: has IR version {}, newer than the newest known, {}; it may hold what is misread",
          name,
          model.getIrVersion(),
          NEWEST_KNOWN_IR);
    }
    if (model.getOpsetImportList().stream().noneMatch(OnnxReader::isOwn)) {
      throw new InvalidInputException(
          "%s: names no version of ONNX's own operator set (opset_import); the file may be truncated"
              .formatted(name));
    }
  }
}
