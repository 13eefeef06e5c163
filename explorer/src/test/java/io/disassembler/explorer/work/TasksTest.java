package io.disassembler.explorer.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TasksTest {
  private static final int KEPT = 3;
  private static final int SESSIONS = 12;

  @Test
  void whatIsWaitedForIsNotDroppedHoweverManyWait() {
    List<Integer> dropped = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch begin = new CountDownLatch(1);
    List<Task<Integer>> all = new ArrayList<>();
    Workers workers = new Workers();
    Tasks<Integer> tasks = new Tasks<>(workers, KEPT, dropped::add);
    for (int number = 0; number < SESSIONS; number++) {
      int result = number;
      all.add(
          tasks.start(
              "session" + number,
              "task" + number,
              task -> {
                await(begin);
                task.found(result);
              }));
    }

    assertThat(all).noneMatch(task -> task.progress().state().isFinal());
    begin.countDown();
    all.forEach(TasksTest::finish);
    workers.close();

    assertThat(all).allMatch(task -> task.progress().state() == Task.State.DONE);
    assertThat(tasks.size()).isEqualTo(KEPT);
    assertThat(dropped).hasSize(SESSIONS - KEPT);

    tasks.close();
    assertThat(dropped).hasSize(SESSIONS).doesNotHaveDuplicates();
  }

  private static void finish(Task<?> task) {
    while (!task.progress().state().isFinal()) {
      task.after(task.progress().version()).join();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
