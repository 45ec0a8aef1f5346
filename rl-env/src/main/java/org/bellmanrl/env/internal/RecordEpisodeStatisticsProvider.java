package org.bellmanrl.env.internal;

import com.google.auto.service.AutoService;
import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.env.wrapper.RecordEpisodeStatistics;

/** Offers {@link RecordEpisodeStatistics} as {@code record-episode-statistics}. */
@SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
@AutoService(WrapperProvider.class)
public final class RecordEpisodeStatisticsProvider
    implements WrapperProvider<RecordEpisodeStatistics> {

  @Override
  public String id() {
    return "record-episode-statistics";
  }

  @Override
  public String description() {
    return "report return and length of the episode as diagnostics";
  }

  @Override
  public OptionSchema<RecordEpisodeStatistics> options() {
    return OptionSchema.of(MethodHandles.lookup(), new RecordEpisodeStatistics());
  }

  @Override
  public Wrapper create(RecordEpisodeStatistics options) {
    return options;
  }
}
