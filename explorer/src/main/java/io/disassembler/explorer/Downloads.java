package io.disassembler.explorer;

import io.disassembler.check.ExtractionProof;
import io.disassembler.onnx.TemporaryModel;
import io.disassembler.surgery.Plan;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Objects;
import java.util.stream.Collectors;

/** What people take home. A sub-network is proven before anyone gets it. */
final class Downloads {
  private static final int REMEMBERED = 256;

  private final Work work;
  private final Recent<String, Boolean> proven = new Recent<>(REMEMBERED);

  Downloads(Work work) {
    this.work = work;
  }

  /** The sub-network as an ONNX file. */
  void network(Context ctx, Cut cut) {
    byte[] bytes =
        work.workers()
            .call(
                () -> {
                  byte[] file = read(cut);
                  prove(cut, Digest.of(file));
                  return file;
                });
    send(ctx, cut, ".onnx", "application/octet-stream", bytes);
  }

  /** How the sub-network was made: what {@code extract --plan} takes. */
  void plan(Context ctx, Cut cut) {
    Plan plan = Objects.requireNonNull(cut.plan());
    send(
        ctx, cut, ".plan.json", "application/json", plan.toJson().getBytes(StandardCharsets.UTF_8));
  }

  private void prove(Cut cut, String digest) {
    if (proven.get(digest).isEmpty()) {
      ExtractionProof.of(
          work.subject().input(),
          work.cuts().extract(cut.request(), cut.selection()),
          work.subject().evaluation().threads());
      proven.put(digest, true);
    }
  }

  private static byte[] read(Cut cut) throws IOException {
    TemporaryModel file = Objects.requireNonNull(cut.file());
    return Files.readAllBytes(file.file());
  }

  private void send(Context ctx, Cut cut, String ending, String type, byte[] bytes) {
    String name =
        Pictures.safe(
                String.valueOf(work.subject().file().getFileName()).replaceAll("\\.onnx$", ""))
            + "-"
            + Pictures.safe(
                cut.request().categories().stream()
                    .map(work.subject().card().categories()::get)
                    .collect(Collectors.joining("-")))
            + "-"
            + cut.request().percent();
    ctx.header("Content-Disposition", "attachment; filename=\"" + name + ending + "\"");
    ctx.contentType(type).result(bytes);
  }
}
