package io.disassembler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.ChildJava;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ExitGateTest {

  @Test
  void nativeWorkEndsBeforeTheProcess() throws IOException, InterruptedException {
    Process process = ChildJava.start(List.of(), Working.class.getName());
    assertThat(process.inputReader().lines()).containsExactly("inner done", "done");
    assertThat(process.waitFor()).isEqualTo(3);
  }

  @Test
  void noNativeWorkBeginsWhileTheProcessEnds() throws IOException, InterruptedException {
    Process process = ChildJava.start(List.of(), Beginning.class.getName());
    assertThat(process.inputReader().lines()).containsExactly("ending");
    assertThat(process.waitFor()).isEqualTo(3);
  }

  /** Exits while another thread is inside a scope, which opens one more. */
  static final class Working {
    public static void main(String[] arguments) throws InterruptedException {
      CountDownLatch inside = new CountDownLatch(1);
      new Thread(
              () ->
                  NativeScope.run(
                      () -> {
                        inside.countDown();
                        sleep(1000);
                        NativeScope.run(() -> System.out.println("inner done"));
                        sleep(200);
                        System.out.println("done");
                      }))
          .start();
      inside.await();
      System.exit(3);
    }
  }

  /** Exits, and another thread begins with native work before the process has ended. */
  static final class Beginning {
    public static void main(String[] arguments) {
      NativeScope.run(() -> {});
      Runtime.getRuntime().addShutdownHook(new Thread(() -> sleep(1500)));
      new Thread(
              () -> {
                sleep(800);
                System.out.println("ending");
                NativeScope.run(() -> System.out.println("begun"));
              })
          .start();
      System.exit(3);
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
