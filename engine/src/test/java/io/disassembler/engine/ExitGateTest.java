package io.disassembler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.testing.ChildJava;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExitGateTest {

  @Test
  void workEndsBeforeTheProcess() throws IOException, InterruptedException {
    assertThat(printed(Working.class)).containsExactly("done");
  }

  @Test
  void longWorkEndsWhereItGoesOn() throws IOException, InterruptedException {
    assertThat(printed(GoingOn.class)).containsExactly("out of it");
  }

  @Test
  void noWorkBeginsWhileTheProcessEnds() throws IOException, InterruptedException {
    assertThat(printed(Beginning.class)).containsExactly("ending", "refused");
  }

  @Test
  void theFirstWorkMayComeTooLate() throws IOException, InterruptedException {
    assertThat(printed(TooLate.class)).containsExactly("refused");
  }

  private static List<String> printed(Class<?> main) throws IOException, InterruptedException {
    Process process = ChildJava.start(List.of(), main.getName());
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).isEqualTo(3);
    return lines;
  }

  /** Exits while another thread is inside a scope. */
  static final class Working {
    public static void main(String[] arguments) throws InterruptedException {
      CountDownLatch inside = new CountDownLatch(1);
      new Thread(
              () ->
                  NativeScope.run(
                      () -> {
                        inside.countDown();
                        sleep(1000);
                        System.out.println("done");
                      }))
          .start();
      inside.await();
      System.exit(3);
    }
  }

  /** Exits while another thread is inside a scope in which it opens others, for ever. */
  static final class GoingOn {
    public static void main(String[] arguments) throws InterruptedException {
      CountDownLatch inside = new CountDownLatch(1);
      new Thread(
              () -> {
                try {
                  NativeScope.run(
                      () -> {
                        while (true) {
                          NativeScope.run(() -> sleep(10));
                          inside.countDown();
                        }
                      });
                } catch (CancellationException e) {
                  System.out.println("out of it");
                }
              })
          .start();
      inside.await();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> sleep(1000)));
      System.exit(3);
    }
  }

  /** Exits, and an interrupted thread begins before the process has ended. */
  static final class Beginning {
    public static void main(String[] arguments) {
      NativeScope.run(() -> {});
      CountDownLatch ending = new CountDownLatch(1);
      CountDownLatch tried = new CountDownLatch(1);
      new Thread(
              () -> {
                await(ending);
                // The gate's own hook runs beside the one below.
                sleep(1000);
                System.out.println("ending");
                Thread.currentThread().interrupt();
                begin();
                tried.countDown();
              })
          .start();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    ending.countDown();
                    await(tried);
                  }));
      System.exit(3);
    }
  }

  /** Uses libtorch for the first time in a shutdown hook. */
  static final class TooLate {
    public static void main(String[] arguments) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    Thread.currentThread().interrupt();
                    begin();
                  }));
      System.exit(3);
    }
  }

  private static void begin() {
    try {
      NativeScope.run(() -> System.out.println("begun"));
    } catch (CancellationException e) {
      System.out.println("refused");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
