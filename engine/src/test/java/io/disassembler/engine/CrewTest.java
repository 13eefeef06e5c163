package io.disassembler.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class CrewTest {
  private static final long SMALL = 1;

  @Test
  void sharesThreadsAndMemory() {
    assertThat(Crew.of(4, SMALL).size()).isEqualTo(4);
    assertThat(Crew.of(4, SMALL).settings().threads()).isEqualTo(1);
    assertThat(Crew.of(4, Long.MAX_VALUE / 8).size()).isEqualTo(1);
    assertThat(Crew.of(4, Long.MAX_VALUE / 8).settings().threads()).isEqualTo(4);
    assertThat(Crew.ofOne(3).settings().threads()).isEqualTo(3);
  }

  @Test
  void worksSideBySide() {
    try (Crew crew = Crew.of(2, SMALL)) {
      CountDownLatch both = new CountDownLatch(2);
      List<Boolean> met = new ArrayList<>();
      crew.each(
          List.of(1, 2).iterator(),
          item -> {
            both.countDown();
            return await(both);
          },
          met::add);
      assertThat(met).containsExactly(true, true);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void handsResultsOverInTheOrderOfTheWork() {
    try (Crew crew = Crew.of(3, SMALL)) {
      List<Integer> found = new ArrayList<>();
      AtomicInteger ended = new AtomicInteger();
      crew.each(
          IntStream.range(0, 50).boxed().iterator(),
          item -> {
            // The first of each three waits for another to be ready before it.
            while (item % 3 == 0 && item < 48 && ended.get() <= item) {
              Thread.onSpinWait();
            }
            ended.incrementAndGet();
            return item;
          },
          found::add);
      assertThat(found).isEqualTo(IntStream.range(0, 50).boxed().toList());
    }
  }

  @Test
  void endsAllWorkBeforeItFails() {
    try (Crew crew = Crew.of(2, SMALL)) {
      AtomicInteger ended = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  crew.each(
                      List.of(0, 1),
                      item -> {
                        if (item == 0) {
                          throw new IllegalStateException("the first");
                        }
                        torch.ones(300, 300).mm(torch.ones(300, 300));
                        ended.incrementAndGet();
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the first");
      assertThat(ended).hasValue(1);
    }
  }

  /** A member that waited for members would wait for ever once all of them did. */
  @Test
  void aMemberDoesItsOwnWorkItself() {
    try (Crew crew = Crew.of(2, SMALL)) {
      var threads = ConcurrentHashMap.<Thread>newKeySet();
      crew.each(
          List.of(1, 2, 3, 4),
          outer -> crew.each(List.of(1, 2, 3), inner -> threads.add(Thread.currentThread())));
      assertThat(threads).hasSizeBetween(1, 2).noneMatch(Thread.currentThread()::equals);
    }
  }

  @Test
  void tensorsLiveAsLongAsTheCallersScope() {
    try (Crew crew = Crew.of(2, SMALL)) {
      NativeScope.run(
          () -> {
            List<Tensor> kept = new ArrayList<>();
            crew.tensors(
                IntStream.range(0, 20).boxed().toList(),
                item -> List.of(torch.ones(100).mul(new Scalar(item))),
                (item, tensors) -> kept.add(tensors.get(0)));
            for (int item = 0; item < 20; item++) {
              assertThat(kept.get(item).sum().item_double()).isEqualTo(100.0 * item);
            }
          });
    }
  }
}
