package io.disassembler.cli.output;

import io.disassembler.ProgressListener;
import io.disassembler.base.Printable;
import io.disassembler.base.Setting;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * How far a task is, on standard error: a bar with the time left where that is a terminal, a line
 * every ten seconds where it is a file or pipe, and nothing where no launcher says which.
 */
public final class Progress implements AutoCloseable {
  /** Shows a bar for each task that it hears of, and logs warnings with their options. */
  public static final ProgressListener LISTENER = new Bars();

  /** Set by the launcher, which can tell; System.console() depends on Java's version. */
  private static final String TERMINAL = "disassembler.terminal";

  private final Optional<ProgressBar> bar;
  private final Optional<ProgressLines> lines;

  /**
   * @param task what is being done
   * @param total number of steps
   */
  public Progress(String task, long total) {
    this(task, 0, total);
  }

  /**
   * @param task what is being done
   * @param done number of steps that were done earlier, which say nothing about the time left
   * @param total number of steps
   */
  public Progress(String task, long done, long total) {
    String terminal = System.getProperty(TERMINAL, "");
    lines =
        terminal.equals("false")
            ? Optional.of(new ProgressLines(task, done, System.err, System::nanoTime))
            : Optional.empty();
    bar =
        !terminal.equals("true")
            ? Optional.empty()
            : Optional.of(
                new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .startsFrom(done, Duration.ZERO)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .showSpeed()
                    .build());
  }

  /** Shows no progress from now on. */
  static void hide() {
    System.clearProperty(TERMINAL);
  }

  /** Whether standard error is a terminal, as far as is known. */
  static boolean isTerminal() {
    return Boolean.getBoolean(TERMINAL);
  }

  /** {@code done} of {@code total} steps are done. */
  public void update(long done, long total) {
    lines.ifPresent(said -> said.update(done, total));
    bar.ifPresent(
        shown -> {
          shown.maxHint(total);
          shown.stepTo(done);
        });
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }

  private static final class Bars implements ProgressListener {
    private String task = "";
    private @Nullable Progress shown;

    @Override
    public synchronized void progress(String heard, long done, long total) {
      if (shown != null && !task.equals(heard)) {
        end();
      }
      if (shown == null) {
        shown = new Progress(heard, done, total);
        task = heard;
      }
      shown.update(done, total);
      if (done >= total) {
        end();
      }
    }

    @Override
    public void warned(String message, Setting... settings) {
      // Made only now: a logger keeps the level that it begins with.
      LoggerFactory.getLogger(Progress.class)
          .warn(Printable.of(OptionWording.of(message, settings)));
    }

    private void end() {
      if (shown != null) {
        shown.close();
        shown = null;
      }
    }
  }
}
