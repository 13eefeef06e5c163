package io.disassembler.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.disassembler.explorer.work.Cut;
import io.disassembler.explorer.work.CutRequest;
import io.disassembler.explorer.work.Cuts;
import io.disassembler.explorer.work.Task;
import io.disassembler.selection.Budget;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final int SESSIONS = 10;
  private static final int MOVES = 4;
  private static final int CUTS = 200;
  private static final int WARM = 60;

  // A sub-network that was forgotten each time would add up to some 40 MB.
  private static final long TOLERATED = 24L << 20;

  @Test
  void tenSessionsAtOnceGetTheAnswersThatEachGetsAlone() throws Exception {
    List<List<JsonNode>> alone = new ArrayList<>();
    try (Explorer explorer = Explorers.start()) {
      Http http = new Http(URI.create(explorer.url()).getPort());
      for (int session = 0; session < SESSIONS; session++) {
        alone.add(moves(http, session));
      }
    }
    try (Explorer explorer = Explorers.start()) {
      Http http = new Http(URI.create(explorer.url()).getPort());
      ExecutorService people = Executors.newFixedThreadPool(SESSIONS);
      List<Callable<List<JsonNode>>> all = new ArrayList<>();
      IntStream.range(0, SESSIONS).forEach(session -> all.add(() -> moves(http, session)));
      List<Future<List<JsonNode>>> together = people.invokeAll(all);
      for (int session = 0; session < SESSIONS; session++) {
        assertThat(together.get(session).get()).isEqualTo(alone.get(session));
      }
      people.shutdown();
    }
  }

  /** What a session gets for a few moves of the slider; half of the sessions ask for the same. */
  private static List<JsonNode> moves(Http http, int session) {
    List<JsonNode> found = new ArrayList<>();
    int kind = session / 2;
    for (int move = 0; move < MOVES; move++) {
      String category = Street.CATEGORIES.get(kind % Street.CATEGORIES.size());
      JsonNode task =
          http.finished("cuts", request("s" + session, category, 20 + 15 * move + kind));
      assertThat(task.path("state").asText()).isEqualTo("done");
      ObjectNode result = (ObjectNode) task.path("result");
      result.remove("latency");
      found.add(result);
    }
    return found;
  }

  private static String request(String session, String category, int percent) {
    return "{\"session\":\"%s\",\"categories\":[\"%s\"],\"measure\":\"macs\",\"percent\":%d}"
        .formatted(session, category, percent);
  }

  @Test
  void aNewerMoveOfTheSameSessionCancelsTheOlderOneUnlessSomeoneElseWaitsForIt() {
    try (Explorer explorer = Explorers.start()) {
      Cuts cuts = explorer.work().cuts();
      // Nothing begins while the only measuring instrument is taken.
      synchronized (explorer.work().judge()) {
        Task<Cut> first = cuts.start("a", new CutRequest(List.of(3), Budget.Measure.MACS, 40));
        Task<Cut> shared = cuts.start("b", new CutRequest(List.of(3), Budget.Measure.MACS, 30));
        assertThat(cuts.start("c", new CutRequest(List.of(3), Budget.Measure.MACS, 30)))
            .isSameAs(shared);

        cuts.start("a", new CutRequest(List.of(3), Budget.Measure.MACS, 50));
        cuts.start("b", new CutRequest(List.of(3), Budget.Measure.MACS, 50));

        assertThat(first.progress().state()).isEqualTo(Task.State.CANCELLED);
        assertThat(shared.progress().state().isFinal()).isFalse();

        cuts.leave("c");

        assertThat(shared.progress().state()).isEqualTo(Task.State.CANCELLED);
        assertThat(cuts.start("c", new CutRequest(List.of(3), Budget.Measure.MACS, 30)))
            .isNotSameAs(shared);
      }
      Task<Cut> last = cuts.start("c", new CutRequest(List.of(3), Budget.Measure.MACS, 30));
      while (!last.progress().state().isFinal()) {
        last.after(last.progress().version()).join();
      }
      assertThat(last.progress().state()).isEqualTo(Task.State.DONE);
    }
  }

  @Test
  void memoryStaysFlatOverManyCuts() {
    try (Explorer explorer = Explorers.start()) {
      Http http = new Http(URI.create(explorer.url()).getPort());
      List<Long> used = new ArrayList<>();
      for (int cut = 0; cut < CUTS; cut++) {
        String category = Street.CATEGORIES.get(cut % Street.CATEGORIES.size());
        JsonNode task = http.finished("cuts", request("m", category, 30 + cut / 5));
        assertThat(task.path("state").asText()).isEqualTo("done");
        if (cut == WARM - 1 || cut == CUTS - 1) {
          used.add(bytes());
        }
      }
      assertThat(used.get(1) - used.get(0)).as("growth in bytes, %s", used).isLessThan(TOLERATED);
      assertThat(explorer.work().cuts().size()).isLessThanOrEqualTo(24);
    }
  }

  /**
   * Resident memory, all of Java's heap included from the beginning, and what is in use of that.
   */
  private static long bytes() {
    System.gc();
    return Pointer.physicalBytes()
        + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
