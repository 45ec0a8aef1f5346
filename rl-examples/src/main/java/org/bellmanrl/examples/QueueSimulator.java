package org.bellmanrl.examples;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A simulator in its own process, which owns its loop and knows nothing of Bellman but a URL: jobs
 * arrive at two machines, of which the first is five times as fast, and a learner that {@code ./rl
 * serve} runs says where each is to queue.
 *
 * <pre>
 * ./rl serve q-learning --spaces queue.yaml --set gamma=0.9
 * java QueueSimulator http://localhost:8420
 * </pre>
 *
 * <p>where queue.yaml is {@code {name: example/Queue-v0, observations: {multi-discrete: [11, 11]},
 * actions: {discrete: 2}, max_episode_steps: 50}}. It needs nothing but the JDK.
 */
public final class QueueSimulator {
  private static final double ARRIVALS = 0.7;
  private static final double[] SPEEDS = {1, 0.2};
  private static final int MOST_SEEN = 10;
  private static final int EPISODES = 200;
  private static final Pattern NUMBER = Pattern.compile("\"(episode|action)\": (\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;
  private final Random random;
  private final int[] jobs = new int[2];
  private int action;

  /**
   * Makes a simulator.
   *
   * @param server where the learner is
   * @param seed of arrivals and services
   */
  public QueueSimulator(URI server, long seed) {
    this.server = server;
    this.random = new Random(seed);
  }

  /** Plays 200 episodes, and prints how many jobs there were on average in each tenth. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    QueueSimulator simulator = new QueueSimulator(URI.create(arguments[0]), 0);
    for (int tenth = 1; tenth <= 10; tenth++) {
      double jobs = simulator.play(EPISODES / 10);
      System.out.printf(Locale.ROOT, "%3d %% of the episodes: %.2f jobs%n", 10 * tenth, jobs);
    }
  }

  /** Plays episodes and returns the mean number of jobs in the system. */
  public double play(int episodes) throws IOException, InterruptedException {
    double sum = 0;
    int arrivals = 0;
    for (int episode = 0; episode < episodes; episode++) {
      jobs[0] = 0;
      jobs[1] = 0;
      String begun = ask("/episodes", "{\"observation\": %s}".formatted(seen()));
      String path = "/episodes/" + number(begun, "episode");
      action = number(begun, "action");
      boolean ended = false;
      while (!ended) {
        jobs[action]++;
        double present = untilTheNextArrival();
        sum += present;
        arrivals++;
        String answer =
            ask(path, "{\"reward\": %s, \"observation\": %s}".formatted(-present, seen()));
        ended = answer.contains("\"ended\": true");
        action = ended ? 0 : number(answer, "action");
      }
    }
    return sum / arrivals;
  }

  /** Lets machines work until a job arrives; returns the mean number of jobs meanwhile. */
  private double untilTheNextArrival() {
    double time = 0;
    double area = 0;
    while (true) {
      double first = jobs[0] > 0 ? SPEEDS[0] : 0;
      double second = jobs[1] > 0 ? SPEEDS[1] : 0;
      double rate = ARRIVALS + first + second;
      double passed = -Math.log(1 - random.nextDouble()) / rate;
      time += passed;
      area += passed * (jobs[0] + jobs[1]);
      double which = random.nextDouble() * rate;
      if (which < ARRIVALS) {
        return area / time;
      }
      jobs[which < ARRIVALS + first ? 0 : 1]--;
    }
  }

  private String seen() {
    return "[" + Math.min(jobs[0], MOST_SEEN) + ", " + Math.min(jobs[1], MOST_SEEN) + "]";
  }

  private String ask(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(path + " was answered with " + response.body());
    }
    return response.body();
  }

  private static int number(String answer, String name) throws IOException {
    Matcher matcher = NUMBER.matcher(answer);
    while (matcher.find()) {
      if (matcher.group(1).equals(name)) {
        return Integer.parseInt(matcher.group(2));
      }
    }
    throw new IOException("no " + name + " in " + answer);
  }
}
