package io.disassembler.explorer.work;

import io.disassembler.evaluation.Latency;
import io.disassembler.extraction.Extraction;
import io.disassembler.graph.Cost;
import io.disassembler.onnx.ModelFile;
import io.disassembler.onnx.TemporaryModel;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Costing;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.Ranking;
import io.disassembler.selection.Selection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes and measures sub-networks from the profile alone. The same request has the same name, and
 * is answered once; how channels rank for a set of categories is remembered.
 */
public final class Cuts implements AutoCloseable {
  private static final int KEPT = 24;
  private static final int RANKINGS = 12;

  private final Subject subject;
  private final Judge judge;
  private final Tasks<Cut> tasks;
  private final Recent<List<Integer>, Ranking> rankings = new Recent<>(RANKINGS);

  Cuts(Subject subject, Judge judge, Workers workers) {
    this.subject = subject;
    this.judge = judge;
    tasks = new Tasks<>(workers, KEPT, Cuts::discard);
  }

  /** What a request is called, here and wherever the same network and profile are explored. */
  public String id(CutRequest request) {
    Extraction extraction = subject.extraction();
    String all = extraction.modelSha256() + extraction.profileSha256() + request;
    return "cut-" + Digest.of(all.getBytes(StandardCharsets.UTF_8));
  }

  /** Begins to make a sub-network; the session waits for no other any more. */
  public Task<Cut> start(String session, CutRequest request) {
    return tasks.start(session, id(request), task -> make(request, task));
  }

  public void leave(String session) {
    tasks.leave(session);
  }

  public Optional<Task<Cut>> find(String id) {
    return tasks.find(id);
  }

  public int size() {
    return tasks.size();
  }

  private void make(CutRequest request, Task<Cut> task) {
    TemporaryModel written = null;
    boolean complete = false;
    try {
      Selection selection = select(request, task);
      Cut cut = Cut.selected(request, selection, Costing.of(subject.anatomy(), selection));
      task.found(cut);
      task.step("Cutting, and making up for what is lost");
      Extraction.SubNetwork made = extract(request, selection);
      written = TemporaryModel.of(made.network());
      cut = cut.written(written, made.plan(), ModelFile.bytes(written.file()));
      task.found(cut);
      measure(task, cut, written);
      task.finish();
      complete = true;
    } finally {
      if (!complete) {
        close(written);
      }
    }
  }

  private Selection select(CutRequest request, Task<Cut> task) {
    Ranking ranking = rankings.get(request.categories()).orElse(null);
    if (ranking == null) {
      task.step("Finding the channels that these categories rely on");
      ranking =
          Criterion.RECONSTRUCTION.rank(subject.anatomy(), subject.profile(), request.categories());
      rankings.put(request.categories(), ranking);
    }
    task.step("Choosing channels");
    return ranking.select(request.budget());
  }

  private void measure(Task<Cut> task, Cut cut, TemporaryModel written) {
    Cost cost = cut.cost();
    String step = "Comparing with the full network, image by image";
    task.step(step, 0, judge.images());
    Cut judged =
        cut.judged(
            judge.judge(
                written.file(), cost, (done, total) -> task.step(step, done, judge.images())));
    task.found(judged);
    task.step("Measuring latency");
    task.found(judged.timed(judge.time(written.file(), cost, Judge.GLANCE)));
  }

  /**
   * Measures latency again, for longer; everyone sees it from then on.
   *
   * @param task of a sub-network that is measured
   */
  public void time(Task<Cut> task) {
    Cut cut = task.result().orElseThrow();
    List<Latency> found =
        judge.time(Objects.requireNonNull(cut.file()).file(), cut.cost(), Judge.LOOK);
    task.revise(now -> now.timed(found));
  }

  /** The sub-network itself; the same again for the same request. */
  public Extraction.SubNetwork extract(CutRequest request, Selection selection) {
    Extraction.Recipe recipe =
        new Extraction.Recipe(
            Criterion.RECONSTRUCTION, request.budget(), RecoveryMethod.RIDGE, null);
    return subject.extraction().extract(request.categories(), recipe, selection, null);
  }

  private static void discard(Cut cut) {
    close(cut.file());
  }

  private static void close(@Nullable TemporaryModel model) {
    if (model != null) {
      model.close();
    }
  }

  @Override
  public void close() {
    tasks.close();
  }
}
