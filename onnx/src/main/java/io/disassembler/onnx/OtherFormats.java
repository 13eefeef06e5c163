package io.disassembler.onnx;

import io.disassembler.base.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells what people hand in instead of an ONNX model, by how the file begins and what it is called,
 * and what to do about it.
 */
final class OtherFormats {
  private static final int BEGINNING = 512;

  private static final String FROM_PYTORCH =
      "export the network from Python: torch.onnx.export(model.eval(), torch.randn(1, 3, 256, 256), \"model.onnx\", dynamo=True)";
  private static final String FROM_KERAS =
      "export it from Python: keras.models.load_model(\"%s\").export(\"model.onnx\", format=\"onnx\")";

  private static final String FROM_TFLITE =
      "convert it in Python: tf2onnx.convert.from_tflite(\"%s\", output_path=\"model.onnx\")";

  /** A format: how its files begin, where, and what they are called. */
  private record Format(int at, String magic, List<String> endings, String is, String advice) {

    boolean begins(String beginning) {
      return !magic.isEmpty() && beginning.startsWith(magic, at);
    }

    boolean ends(String name) {
      return endings.isEmpty() || endings.stream().anyMatch(name::endsWith);
    }

    String text(String name) {
      return "%s: is %s, expected an ONNX model; %s"
          .formatted(name, is, advice.replace("%s", name));
    }
  }

  /** The first that fits counts; what begins alike is told apart by its name. */
  private static final List<Format> FORMATS =
      List.of(
          new Format(
              0,
              "version https://git-lfs",
              List.of(),
              "a Git LFS pointer, not the file itself",
              "fetch the file: git lfs install && git lfs pull"),
          new Format(
              0, "<", List.of(".xml"), "OpenVINO's IR", "use the ONNX file it was made from"),
          new Format(
              0,
              "<",
              List.of(),
              "a web page (HTML or XML)",
              "the download failed or asked for a login; open the address in a browser, or use the link to the raw file"),
          new Format(4, "TFL3", List.of(), "a TensorFlow Lite model", FROM_TFLITE),
          new Format(
              4,
              "ORTM",
              List.of(),
              "ONNX Runtime's own format (ORT)",
              "use the .onnx file it was made from"),
          new Format(
              0,
              "\u0089HDF\r\n",
              List.of(".profile.h5"),
              "a profile",
              "expected before it: the network that it is a profile of"),
          new Format(
              0,
              "\u0089HDF\r\n",
              List.of(),
              "an HDF5 file, as Keras and TensorFlow write it",
              FROM_KERAS),
          new Format(0, "PK\u0003\u0004", List.of(".keras"), "a Keras model", FROM_KERAS),
          new Format(
              0,
              "PK\u0003\u0004",
              List.of(".npz"),
              "a NumPy archive",
              "it holds arrays but no network; " + FROM_PYTORCH),
          new Format(
              0,
              "PK\u0003\u0004",
              List.of(".pt", ".pth", ".ckpt", ".bin", ".torchscript", ".ptl", ".pt2"),
              "a PyTorch file",
              FROM_PYTORCH),
          new Format(
              0,
              "PK\u0003\u0004",
              List.of(),
              "a ZIP archive, as PyTorch (.pt, .pth), Keras (.keras) and downloads are",
              "unpack it if there is an .onnx file in it; or " + FROM_PYTORCH),
          new Format(
              0,
              "\u0080",
              List.of(".pt", ".pth", ".ckpt", ".bin", ".pkl", ".pickle", ".tar"),
              "a Python pickle, as PyTorch before 1.6 writes it",
              FROM_PYTORCH),
          new Format(
              0,
              "\u0080\u0002",
              List.of(),
              "a Python pickle, as PyTorch before 1.6 writes it",
              FROM_PYTORCH),
          new Format(
              0, "\u001f\u008b", List.of(), "packed (gzip)", "unpack it: gunzip, or tar xzf"),
          new Format(
              8,
              "{\"",
              List.of(),
              "a safetensors file: weights without their network",
              "load them into the network in Python (safetensors.torch.load_file), and "
                  + FROM_PYTORCH),
          new Format(
              0, "{", List.of(), "a JSON text", "it may say why a download failed; look into it"),
          new Format(
              0, "7767517", List.of(), "an ncnn model", "use the ONNX file it was made from"));

  /** By name alone, where the content is nothing that could be told. */
  private static final List<Format> BY_NAME =
      List.of(
          new Format(
              0, "", List.of(".safetensors"), "called like a safetensors file", FROM_PYTORCH),
          new Format(
              0, "", List.of(".pt", ".pth", ".ckpt"), "called like a PyTorch file", FROM_PYTORCH),
          new Format(
              0, "", List.of(".keras", ".h5", ".hdf5"), "called like a Keras model", FROM_KERAS),
          new Format(0, "", List.of(".tflite"), "called like a TensorFlow Lite model", FROM_TFLITE),
          new Format(
              0,
              "",
              List.of(".pb"),
              "called like a frozen TensorFlow graph",
              "convert it in Python: tf2onnx.convert.from_graph_def(graph_def, input_names=[...], output_names=[...], output_path=\"model.onnx\")"),
          new Format(
              0,
              "",
              List.of(".engine", ".plan", ".trt"),
              "called like a TensorRT engine",
              "use the ONNX file it was made from"),
          new Format(
              0,
              "",
              List.of(".pdmodel", ".pdiparams"),
              "called like a PaddlePaddle model",
              "convert it in Python: paddle2onnx.export(\"FILE.pdmodel\", \"FILE.pdiparams\", \"model.onnx\")"),
          new Format(
              0,
              "",
              List.of(".mlmodel", ".mlpackage"),
              "called like a Core ML model",
              "export the network to ONNX from where it was trained"));

  private OtherFormats() {}

  /**
   * @param name the file's, as messages call it
   * @throws InvalidInputException if {@code bytes} are surely something else than an ONNX model
   */
  static void requireNone(ByteBuffer bytes, String name) {
    byte[] first = new byte[Math.min(BEGINNING, bytes.remaining())];
    bytes.duplicate().get(first);
    String beginning = new String(first, StandardCharsets.ISO_8859_1);
    // Blank lines come before some pages and texts; a model begins with a field's number.
    String text = beginning.stripLeading().replace("\u00ef\u00bb\u00bf", "");
    String ending = name.toLowerCase(Locale.ROOT);
    FORMATS.stream()
        .filter(format -> format.begins(beginning) || (format.at() == 0 && format.begins(text)))
        .filter(format -> format.ends(ending))
        .findFirst()
        .ifPresent(
            format -> {
              throw new InvalidInputException(format.text(name));
            });
  }

  /** What a file that is no ONNX model seems to be by its name. */
  static Optional<String> byName(String name) {
    String ending = name.toLowerCase(Locale.ROOT);
    return BY_NAME.stream()
        .filter(format -> format.ends(ending))
        .findFirst()
        .map(format -> format.text(name));
  }
}
