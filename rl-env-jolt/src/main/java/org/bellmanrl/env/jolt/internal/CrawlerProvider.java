package org.bellmanrl.env.jolt.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.jolt.Crawler;
import org.bellmanrl.env.jolt.Fetch;
import org.bellmanrl.env.jolt.FetchOptions;

/** Offers {@link Fetch} with the body of {@link Crawler} as {@code Crawler-v1}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(EnvironmentProvider.class)
public final class CrawlerProvider implements EnvironmentProvider<FetchOptions> {
  private static final OptionSchema<FetchOptions> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), FetchOptions.defaults());

  @Override
  public String id() {
    return "Crawler-v1";
  }

  @Override
  public String description() {
    return "walk on four legs that stand out to all sides to a stick";
  }

  @Override
  public OptionSchema<FetchOptions> options() {
    return OPTIONS;
  }

  @Override
  public Environment create(FetchOptions options) {
    return Crawler.fetch(id(), options);
  }
}
