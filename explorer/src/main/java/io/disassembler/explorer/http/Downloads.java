package io.disassembler.explorer.http;

import io.disassembler.base.InvalidInputException;
import io.disassembler.check.ExtractionProof;
import io.disassembler.explorer.work.Cut;
import io.disassembler.explorer.work.CutReport;
import io.disassembler.explorer.work.Digest;
import io.disassembler.explorer.work.Pictures;
import io.disassembler.explorer.work.Recent;
import io.disassembler.explorer.work.Work;
import io.disassembler.extraction.Extraction;
import io.disassembler.extraction.Plan;
import io.disassembler.onnx.TemporaryModel;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What people take home. A sub-network is proven before anyone gets it. */
final class Downloads {
  private static final int REMEMBERED = 256;

  private final Work work;
  private final Recent<String, ExtractionProof> proven = new Recent<>(REMEMBERED);

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
                  proof(Digest.of(file), () -> extract(cut));
                  return file;
                });
    send(ctx, cut, ".onnx", "application/octet-stream", bytes);
  }

  /** How the sub-network was made: enough to make it again (docs/plan.md). */
  void plan(Context ctx, Cut cut) {
    Plan plan = Objects.requireNonNull(cut.plan());
    send(
        ctx, cut, ".plan.json", "application/json", plan.toJson().getBytes(StandardCharsets.UTF_8));
  }

  /** The report of a sub-network, for one that is measured. */
  void report(Context ctx, Cut cut) {
    String page =
        work.workers()
            .call(
                () -> {
                  String digest = Digest.of(read(cut));
                  Extraction.SubNetwork made = extract(cut);
                  try {
                    return new CutReport(work, cut, name(cut))
                        .page(made, proof(digest, () -> made))
                        .toHtml();
                  } catch (InvalidInputException e) {
                    read(cut); // says so if it was forgotten meanwhile
                    throw e;
                  }
                });
    send(
        ctx,
        cut,
        ".report.html",
        "text/html; charset=utf-8",
        page.getBytes(StandardCharsets.UTF_8));
  }

  private ExtractionProof proof(String digest, Supplier<Extraction.SubNetwork> made) {
    return proven
        .get(digest)
        .orElseGet(
            () -> {
              ExtractionProof proof =
                  ExtractionProof.of(
                      work.subject().input(), made.get(), work.subject().evaluation().threads());
              proven.put(digest, proof);
              return proof;
            });
  }

  private Extraction.SubNetwork extract(Cut cut) {
    return work.cuts().extract(cut.request(), cut.selection());
  }

  private static byte[] read(Cut cut) throws IOException {
    TemporaryModel file = Objects.requireNonNull(cut.file());
    try {
      return Files.readAllBytes(file.file());
    } catch (NoSuchFileException e) {
      throw new NotFoundResponse("this sub-network is not kept any more; ask for it again");
    }
  }

  /** What the files are called, without their endings. */
  private String name(Cut cut) {
    return Pictures.safe(
            String.valueOf(work.subject().file().getFileName()).replaceAll("\\.onnx$", ""))
        + "-"
        + Pictures.safe(
            cut.request().categories().stream()
                .map(work.subject().card().categories()::get)
                .collect(Collectors.joining("-")))
        + "-"
        + cut.request().percent();
  }

  private void send(Context ctx, Cut cut, String ending, String type, byte[] bytes) {
    ctx.header("Content-Disposition", "attachment; filename=\"" + name(cut) + ending + "\"");
    ctx.contentType(type).result(bytes);
  }
}
