package io.disassembler.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A master and two workers of one core each, as processes, from Spark's own scripts. For Linux. */
final class Cluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path spark;
  private final Path folder;
  private final String url;
  private final List<Process> processes = new ArrayList<>();

  /**
   * Starts one. Skips the test where there is no Spark; on the continuous integration it fails.
   *
   * @param folder for logs and work
   */
  Cluster(Path folder) throws IOException, InterruptedException {
    spark = home();
    this.folder = folder;
    int port = freePort();
    url = "spark://127.0.0.1:" + port;
    start(
        "master",
        HOST,
        "org.apache.spark.deploy.master.Master --host 127.0.0.1 --webui-port 0 --port " + port);
    await("master", "Starting Spark master");
    for (int worker = 1; worker <= 2; worker++) {
      // Each on a host of its own: no copy of a slow task is started on the same one.
      String host = "127.0.0." + (1 + worker);
      start(
          "worker" + worker,
          host,
          "org.apache.spark.deploy.worker.Worker --host %s --webui-port 0 --cores 1 --memory 1g --work-dir %s %s"
              .formatted(host, folder.resolve("work" + worker), url));
    }
    await("worker1", "Successfully registered");
    await("worker2", "Successfully registered");
  }

  private static Path home() {
    String named = System.getenv("SPARK_HOME");
    Path home =
        named != null
            ? Path.of(named)
            : Path.of(System.getProperty("user.home"), ".cache/disassembler/spark-4.0.1");
    if ("true".equals(System.getenv("CI"))) {
      assertThat(home).exists();
    }
    assumeTrue(Files.exists(home), () -> home + " is not there; scripts/spark makes it");
    return home;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void start(String name, String host, String command) throws IOException {
    List<String> words = new ArrayList<>(List.of(spark.resolve("bin/spark-class").toString()));
    words.addAll(List.of(command.split(" ")));
    processes.add(process(words, host, name).start());
  }

  private ProcessBuilder process(List<String> command, String host, String log) {
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log + ".log").toFile());
    process.environment().put("SPARK_HOME", spark.toString());
    process.environment().put("SPARK_LOCAL_IP", host);
    process.environment().put("SPARK_DAEMON_MEMORY", "256m");
    return process;
  }

  private void await(String log, String words) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    Path file = folder.resolve(log + ".log");
    while (!Files.readString(file).contains(words)) {
      assertThat(Instant.now()).as(Files.readString(file)).isBefore(end);
      Thread.sleep(50);
    }
  }

  /**
   * Runs an application as {@code spark-submit} does, to its end.
   *
   * @param main its class
   * @param settings of Spark
   * @return what it printed and logged
   */
  String submit(Class<?> main, String log, List<String> settings, List<String> arguments)
      throws IOException, InterruptedException {
    String classes = classPath();
    List<String> command =
        new ArrayList<>(
            List.of(
                spark.resolve("bin/spark-submit").toString(),
                "--master",
                url,
                "--driver-memory",
                "512m",
                "--executor-memory",
                "600m"));
    List<String> all = new ArrayList<>(settings);
    all.addAll(
        List.of(
            "spark.ui.enabled=false",
            "spark.log.level=WARN",
            "spark.driver.extraClassPath=" + classes,
            "spark.executor.extraClassPath=" + classes));
    all.forEach(setting -> command.addAll(List.of("--conf", setting)));
    command.addAll(List.of("--class", main.getName(), "spark-internal"));
    command.addAll(arguments);
    Process application = process(command, HOST, log).start();
    processes.add(application);
    assertThat(application.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return Files.readString(folder.resolve(log + ".log")) + "\nexit " + application.exitValue();
  }

  /** That of the test, without what Spark brings in versions of its own. */
  private static String classPath() {
    return Arrays.stream(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(java.io.File.pathSeparator))
        .filter(
            path ->
                !path.matches(
                    ".*/(org/apache/(spark|hadoop)|org/scala-lang|com/fasterxml/jackson|org/slf4j|org/junit|org/assertj)/.*"))
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.waitFor();
    }
  }
}
