package org.bellmanrl.env.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionDescription;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.env.wrapper.FrameStack;
import org.bellmanrl.env.wrapper.TimeLimit;
import org.junit.jupiter.api.Test;

class WrapperDiscoveryTest {
  private static final String[] IDS = {
    "action-mask",
    "clip-action",
    "clip-reward",
    "delay-observation",
    "discretize",
    "discretize-action",
    "filter-observation",
    "flatten-observation",
    "frame-stack",
    "grayscale",
    "max-and-skip",
    "nan-guard",
    "normalize-observation",
    "normalize-reward",
    "order-enforcing",
    "record-episode-statistics",
    "render",
    "rescale-action",
    "resize",
    "scale-reward",
    "sticky-action",
    "tile-coded",
    "time-aware-observation",
    "time-limit"
  };

  private final Registry registry =
      Registry.builder()
          .kind(WrapperProvider.class)
          .discover(TimeLimitProvider.class.getModule().getLayer())
          .build();

  @Test
  void discover_modulePath_allIds() {
    assertThat(TimeLimitProvider.class.getModule().getName()).isEqualTo("org.bellmanrl.env");
    assertThat(registry.problems()).isEmpty();
    assertThat(
            registry.all(WrapperProvider.class).stream()
                .map(provider -> ((WrapperProvider<?>) provider).id()))
        .containsExactly(IDS);
  }

  @Test
  void services_classPath_nameAllProviders() throws IOException {
    URL services =
        TimeLimitProvider.class.getResource(
            "/META-INF/services/" + WrapperProvider.class.getName());
    assertThat(services).isNotNull();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(services.openStream(), StandardCharsets.UTF_8))) {
      List<String> named = lines.lines().filter(line -> !line.startsWith("#")).toList();
      assertThat(named)
          .hasSameSizeAs(IDS)
          .contains(TimeLimitProvider.class.getName(), NanGuardProvider.class.getName());
    }
  }

  @Test
  void options_all_areDescribedAndMakeAWrapper() {
    for (WrapperProvider<?> provider : registry.all(WrapperProvider.class)) {
      assertThat(provider.description()).isNotBlank().doesNotContain("\n");
      for (OptionDescription option : provider.options().descriptions()) {
        assertThat(option.description()).as(provider.id() + " " + option.name()).isNotBlank();
      }
      assertThat(provider.create(Map.of())).as(provider.id()).isNotNull();
    }
  }

  @Test
  void create_byName_setsOptions() {
    assertThat(make("time-limit", Map.of("max_episode_steps", "7"))).isEqualTo(new TimeLimit(7));
    assertThat(make("frame-stack", Map.of("stack-size", 2, "padding", "zero")))
        .isEqualTo(new FrameStack(2, FrameStack.Padding.ZERO, false));
  }

  private Wrapper make(String id, Map<String, ?> options) {
    WrapperProvider<?> provider = registry.get(WrapperProvider.class, id);
    return provider.create(options);
  }
}
